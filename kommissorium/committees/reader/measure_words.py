"""Matches a clause to its measure by the words it must and must not contain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kommissorium.committees.reader.headings import COMMITTEE
from kommissorium.measures.codes import Measure

# Beginnings of words that mean one thing in Danish, Norwegian, Swedish and English.
_MEANINGS: Final = {
    "security": r"\w*sikkerhed|\w*sikkerhet|\w*säkerhet|security|cyber|databeskyt|dataskydd|personvern|isms",
    "policy": r"\w*politik|\w*polic(?:y|ies)|\w*policyer",
    "security_policy": r"\w*(?:sikkerheds?|sikkerhets?|säkerhets?)-?poli(?:tik|cy)\w*|security polic|"
    r"(?:revi|opdater|oppdater|updat|review|uppdater)\w* (?:the |den |politik|polic)\w* ?polic",
    "rules": r"\w*retningslinj|\w*riktlinj|guideline|guidance|\w*vejledning|\w*veiled|regel|regler|"
    r"\w*procedure|\w*prosedyre|rutine|\w*rutin|standard|instru[kc]|anvisning|rules\b|polic|politik",
    "approve": r"sign(?:s|ed|ing)? off|god?kend|godkjen|godkän|approv|vedta|antar\b|antag|fastställ|fastsæt|fastsett|beslut|"
    r"adopt|decid|endors|træffe|afgør|avgjør|avgör|fastlæg|lägger fast|fortolk|interpret|tolk",
    "executive": r"direktion|direksjon|executive|leadership|\w*ledergruppe|\w*ledningsgrupp|cabinet|\w*ledelse|\w*ledning(?:en|s)?\b|management|rådmann|"
    r"kommunedirektør|kommunaldirektør|kommundirektör|byråd|kommunalbestyrelse|kommunestyre|"
    r"kommunstyrelse|økonomiudvalg|formandskab|chief executive|council|styrelse|board",
    "gives": r"(?:direktion|byråd|kommunalbestyrelse|kommunestyre|kommunstyrelse|executive board|council)\w* (?:får|modtager|mottar|receives?)\b|"
    r"giver?\b|gir\b|ger\b|gives?\b|afgiver?\b|a[fv]leverer?\b|avgir?\b|aflægger?\b|legger?\b|lägger\b|forelægger?\b|presents?\b|"
    r"submits?\b|fremlægger?\b",
    "report": r"\w*rapport|report|orienter|\w*redegør|redovis|inform(?:ere|er)|återrapport|forelæg|"
    r"brief|refer(?:erer|s)\b",
    "tells": r"fortæller?\b|orientere?r?\b|rapportere?[ra]?\b|rapporterar\b|reports? to\b|briefs?\b|informere?r?\b|"
    r"informerar\b|underrette[r]?\b|redegøre?r?\b|redovisar\b",
    "owner": r"\w*ejer|\w*owner|\w*ägar|\w*eier|\w*ejerskab|system- ?og ?dataansvarlig|"
    r"(?:data|system)-? ?(?:og |and |och )?(?:system|data)?-?ansvar",
    "continuity": r"\w*bered(?:skab|skap)|\w*kontinuitet|continuity|contingency|emergency|recovery|"
    r"\w*reetabler|\w*gjenoppret|\w*återställ|krise|crisis|\w*nødplan|nød-|disaster|kris(?:en|hanter)",
    "exercise": r"\w*test(?:e[rnst]?|ede|es|as|ats|s|ed|ing)?\b|\w*øvelse|\w*övning|exercis|\w*drill|afprøv|\w*prøve|"
    r"øve[rs]?\b|øvd|öva[rs]?\b|övas|rehears|simul",
    "plan": r"\w*plan(?:er|erne|en|s|ar|arna|ene)?\b",
    "training": r"e-læring|e-learning|\w*uddanne[ls]|\w*utbild|\w*opplær|\w*oplær|training|trained|oplysning\b|oplysnings|awareness|"
    r"\w*kampagne|\w*kampanj|kurs|undervis|\w*bevidst|\w*medvet|\w*beviss?th|educat|campaign",
    "evaluate": r"evalu|\w*utvärder|assess|measur|måle|\w*vurder|bedøm|bedöm|effe[ck]t|review|følg|følge|"
    r"följ|opfølg|uppfölj|oppfølg",
    "incident": r"\w*hændelse|incident|\w*angreb|\w*brud\b|\w*bruddene|\w*brudd|\w*hendelse|breach|"
    r"attack|\w*händelse|\w*intrång|\w*avvik",
    "handle": r"looks? into|looking into|investig|undersøg|undersøk|utred|samler? (?:\w+ ){0,2}op|receiv|modtag|evalu|\w*utvärder|\w*håndter|\w*hanter|review|learn|\w*vurder|gennemg|gjennomg|"
    r"genomg|behandl|assess|følg|följ|consider|analy|discuss|drøft|läro|lærdom|læring|handl",
    "risk": r"\w*risi[ck]|\w*risk",
    "level": r"how much|hvor (?:stor|høj|høy|meget|mye)|hur (?:stor|mycket)|\w*niveau|level|\w*nivå|appeti|aptit|lev[ea] med|live with|accept|akcept|aksept|toleran|\w*villighed|restrisiko|vilje|"
    r"\w*håndter|\w*hantering|treatment|\w*handlings|\w*vurdering|\w*bedömning|assessment",
    "recommend": r"recommend|indstil|innstil|bereder?\b",
    "picture": r"risi[ck]obill?e?de|riskbild|risk (?:picture|profile)",
    "steer": r"styre[rs]?\b|styra\b|\w*styring(?!s\w)|\w*styrning|steer|govern|\w*lede[rs]?\b|direct|\w*ansvar|responsib|samordn|"
    r"koordiner|coordinat|overs(?:ee|ight)|lede[rl]",
    "goal": r"mål\b|målene\b|målet|målen\b|målsæt|målsett|målsätt|objective|goals?\b|\w*sikkerhedsmål|"
    r"\w*säkerhetsmål|\w*sikkerhetsmål",
    "weigh": r"balan|afbalan|\w*afvej|\w*avväg|\w*avvei|helhed|helhet|weigh|proportion|trade-off|"
    r"veje[rs]? |vejes|avvägs|stå i forhold",
    "weighed": r"\w*økonom|\w*ekonom|cost|brugervenlig|brukervennlig|användarvän|usab|ease of use|"
    r"beslut|decision|threat|trus|hot\b|hotbild|kostn|omkost|pris|vedtak|budget",
    "appoint": r"\w*udpeg|utse|appoint|assign|\w*named|designat|udnævn|har en|har et|has an?|have an?|having an?|"
    r"ejerskab|ownership|er (?:en )?ejere?\b|hvem der ejer|(?:der|det|there) (?:er|is|finns) (?:en|an?|ett?)\b|hvem (?:som |der )?er\b|who is\b|vem som är\b|are owners|exist|finnes|findes|finns|foreligg|peker ut|utpek",
    "document": r"\w*dokument|\w*document|\w*beskrivelse|\w*beskrivning|descri|\w*procedure|rutiner|"
    r"instru[kc]|skriftlig|written|in writing",
    "guide": r"\w*retningslinj|\w*riktlinj|guideline|guidance|\w*vejledning|\w*regler|rules|\w*anvisning",
    "framework": r"\w*ramme|framework|\w*ramar|\w*ramverk|\w*ansvarsfordel|\w*ansvarsfördel|"
    r"organisator|organi[sz]ational|division of responsib|roles and resp",
    "revise": r"vedligehold|vedlikehold|maintain|upprätthåll|revi[ds]|se[rs]? över|ændre[st]|[eæä]ndring|se[r]? over|review|\w*opdater|\w*oppdater|updat|\w*uppdater|ajour|gennemg|gjennomg|"
    r"genomg|\w*forny|kept current|up to date",
    "status": r"\w*beretning|\w*status|\w*rapport|report|\w*lägesbild|\w*tilstand|\w*overblik|\w*oversikt|"
    r"\w*översikt|overview|picture|\w*läge",
    "security_status": r"\w*(?:sikkerheds?|sikkerhets?|säkerhets)-?(?:status|rapport|läge|tilstand)|"
    r"security (?:status|report|posture|picture)|(?:status|report|rapport|tilstand\w*|läget) "
    r"(?:på|for|of|on|om|över|av|i|kring) (?:the |kommunens |den |overall )?"
    r"(?:\w*sikkerhed(?!s?hænd|s?brud)|\w*sikkerhet(?!s?hend|s?brud)|\w*säkerhet(?!s?inc|s?händ)|"
    r"\w*security(?! incident| breach)|information)",
    "underlying": r"underligg|underlying|underordn|\w*retningslinj|\w*riktlinj|guideline|guidance|"
    r"\w*vejledning|\w*procedure|standard|under (?:politik|polic)|under the polic",
    "project": r"\w*projekt|project|\w*prosjekt|\w*forbedr|\w*förbättr|improve|initiativ|\w*tiltag|"
    r"\w*tiltak|\w*åtgärd|\w*foranstaltning|programme",
    "follow": r"\w*status|progress|\w*frem(?:drift|gang)|\w*framdrift|følg|\w*opfølg|följ|follow|monitor|"
    r"track|\w*framsteg|behandl|steer|prioriter",
    "audit": r"\w*audit|it-revisi[oj]n|revisionens\b|(?:fra|från) revisi[oj]nen\b|\w*internrevision|\w*internkontrol|\w*internrevisjon|"
    r"intern\w* (?:\w+ )?(?:revision|kontrol|audit|granskning|revisjon)",
    "support": r"\w*opbakning|\w*støtte|\w*backing|\bback(?:s|ed)?\b|support|\w*stöd|\w*forankr|"
    r"\w*förankr|engage|commitment|committed|stand behind|står bag|behind the work",
    "aids": r"(?:er|är|is)\s+\S+s\s+(?:stöd|støtte|support)|(?:stödjer|støtter|supports?|bistår|assists?|"
    r"backs?) (?:the )?(?:executive|council\b|corporate|management|direktion|kommun|byråd|\w*ledelse|\w*ledning)",
    "chair": r"\w*formand|\w*formænd|chair|\w*ordförande|leder(?:en)?\b|utvalgsleder",
    "may": r"\w*mandat|\w*bemyndig|authori|\w*befogen|\w*beføj|fullmakt|fuldmagt|delegat|empower|"
    r"rätt att|kan godkende|kan på|may approve|may decide|may sign|får godkänna|får besluta|kan godkjenne",
    "sits": r"repræsent|representer|represent|\w*medlem|member|sidder|sits|sit\b|sitter|plads|seat",
    "minutes": r"notes? (?:of|from)|\w*referat|\w*minutes|\w*protokoll",
    "wheel": r"\w*årshjul|\w*årshjul|year wheel|annual wheel|wheel|\w*årscykel|annual cycle|year plan|"
    r"\w*årsplan|work plan|yearly plan|\w*verksamhetsplan|planned tasks",
    "work": r"\w*opgave|task|\w*oppgave|\w*uppgift|action|\w*plan|work|\w*aktivitet|prioriter|sager|saker",
    "coming": r"kommende|coming|next|kommande|upcoming|næste|nästa|neste|fremad|framåt|forward|fremover",
    "ongoing": r"\w*status|igangvær|ongoing|on-going|pågå|løpende|løbende|in progress|current|opfølg|"
    r"oppfølg|uppfölj|follow-up|actions?\b|action (?:list|log|point)|aktionslist|arising|löpande|siden sidst|sedan sist|siden sist",
    "domain": r"\w*sikkerhed|\w*sikkerhet|\w*säkerhet|security|cyber|\w*databeskyt|dataskydd|privacy|"
    r"\w*person(?:vern|data|oplysn|opplysn|uppgift)|personal data|gdpr|isms|iso|nis ?2|it\b|ikt\b|ict\b|"
    r"\w*data|\w*system|\w*digital|\w*informasjon|\w*information|\w*mail|e-post|internet\w*|"
    r"\w*adgang|\w*access|\w*password|\w*kode|\w*lösen|\w*passord|\w*risi[ck]|\w*risk|\w*truss?[el]l?|threat|"
    r"\w*hot(?:bild|et|en)?\b|\w*hændelse|\w*hendelse|incident|\w*händelse|\w*bered|\w*nødplan|continu|"
    r"kontinu|\w*kontroll?|control|audit|phish|\w*svindel|fraud|\w*leverandør|supplier|backup|"
    r"\w*arkiv|archiv|records|awareness|\w*underligg|\w*underlying|området|area\b|åre(?:t|ts)\b|organisation|kommunen(?:s)?\b(?! \w)|\w*ejer(?:e|ne|nes|s)?\b(?! af)|\w*ägar\w*|\w*eier\w*|\w*owner|\w*beskyt|protect|sikker\w*|säker\w*|trygg|safe|\w*op?plysninger|the policy\b|politikken\b|policyn\b|brud\b|breach|attack|angreb",
    "complement": r"(?:for|för|om|of|on|about|på|i|in|ved|vid|vedrørende|angående|regarding|över|over|"
    r"til|till|kring|rundt)\s+(?:the |den |det |de |en |et |ett |a |an |kommunens |hele )*"
    r"(?!att?\b|å\b|how\b|hvor|hur\b|whether|år|kvartal|måned|månad|year|quarter|month|direktion|\w*ledelse|\w*ledning)[^\W\d_]{2}",
    "topic": r"(?:om|about|on|regarding|vedrørende|angående|kring)\s+(?!att?\b|å\b|år|måned|månad|each|hver|varje|kvartal|its\b|the year)[^\W\d_]{2}",
    "taught": r"(?:om|about|on|i|in)\s+(?!att?\b|å\b|år|måned|månad|each|hver|varje|kvartal|its\b|the year)[^\W\d_]{2}",
    "other_policy": r"(?!\w*(?:sikkerhed|sikkerhet|säkerhet|data|informa|it-|ikt|digital|cyber|adgang|"
    r"backup|privat|kode|risi))[^\W\d_]{3,}(?:politik|policy)",
    "money": r"midler\b|medel\b|funds\b|\w*budget|\w*budsjett|økonomi\b|ekonomi\b|\w*anskaf|\w*indkøb|\w*innkjøp|\w*inköp|purchas|"
    r"funding|\w*finansier|\w*lokale|premises",
    "aob": r"eventuel|any other|aoc?b\b|övriga?\b|øvrige? |diverse|evt\b",
    "calendar": r"\w*(?:mød|møt|möt|sammanträd)\w*(?:kalender|plan|dato|dat|dag|tid)|\w*kalender|calendar|dates?\b|\w*datoer|"
    r"\w*datum|\w*tidspunkt|schedul|\w*årsplan|planlæg|fastsæt|fastsett|book|planlegg|planera|"
    r"plan\b|planen\b|planned|fastlæg|fastlag|fixed|bestäm|terminer|known|kendt|känd|kjent|tider",
    "meet": r"\w*mød(?:e|er|es|et|erne)\b|meet|\w*møt(?:e|er|es|ene)\b|\w*möt(?:e|en|er|s|ena)\b|"
    r"sammanträ|sammankom|convene|samles|samlas|session|sits\b|gange|gånger|ganger|times",
    "not_meeting": r"\w*rapport|report|evalu|\w*utvärder|\w*referat|minutes|\w*dagsorden|agenda|"
    r"\w*dagordning|kallelse|indkald|innkall|revi[ds]|protokoll|review",
}
_PATTERNS: Final = {
    name: re.compile(rf"(?<!\w)(?:{beginnings})", re.IGNORECASE)
    for name, beginnings in _MEANINGS.items()
}

# How a text names a matter; it is another's when no word of the domain stands beside it.
_MATTERS: Final = {
    "aside": ("topic",),
    "untaught": ("taught",),
    "elsewhere": ("complement", "other_policy"),
}
_SUBJECT: Final = re.compile(rf"(?:\S+ ){{0,2}}?{COMMITTEE.pattern}", re.IGNORECASE)

# A clause says what it is about at its beginning; a very long one is not searched to the end.
_LOOKED_AT: Final = 3000


@dataclass(frozen=True, slots=True)
class _Rule:
    measure: Measure
    needs: tuple[str, ...]
    lacks: tuple[str, ...] = ()


def _rule(measure: Measure, needs: str, lacks: str = "") -> _Rule:
    return _Rule(measure, tuple(needs.split()), tuple(lacks.split()))


# The first rule that fits decides, so the narrow ones stand first.
_DUTIES: Final = (
    _rule(Measure.MANAGEMENT_SUPPORT, "support executive", "incident aids"),
    _rule(Measure.MANAGEMENT_SUPPORT, "executive sits report"),
    _rule(Measure.CHAIR_MANDATE, "chair may"),
    _rule(Measure.AWARENESS_EVALUATION, "training evaluate", "untaught money"),
    _rule(Measure.AUDIT_EVALUATION, "audit", "money"),
    _rule(Measure.CONTINUITY_TEST, "continuity exercise"),
    _rule(Measure.CONTINUITY_PLANS, "continuity plan", "framework"),
    _rule(Measure.AWARENESS_TRAINING, "training", "untaught money"),
    _rule(Measure.OWNER_DOCUMENTATION, "owner document", "elsewhere"),
    _rule(Measure.OWNER_GUIDELINES, "owner guide", "elsewhere"),
    _rule(Measure.OWNERSHIP, "owner appoint", "elsewhere"),
    _rule(Measure.WEIGHED_DECISIONS, "weigh weighed"),
    _rule(Measure.POLICY_FRAMEWORK, "framework policy", "elsewhere"),
    _rule(Measure.PROJECT_STATUS, "project follow", "incident elsewhere money"),
    _rule(Measure.EXECUTIVE_REPORTING, "tells executive", "aside"),
    _rule(Measure.EXECUTIVE_REPORTING, "gives status executive", "approve"),
    _rule(Measure.QUARTERLY_STATUS, "security_status"),
    _rule(Measure.RISK_LEVEL, "risk level approve"),
    _rule(Measure.RISK_LEVEL, "picture approve"),
    _rule(Measure.INCIDENT_EVALUATION, "incident handle"),
    _rule(Measure.POLICY_REVISION, "security_policy approve", "underlying framework"),
    _rule(Measure.POLICY_REVISION, "security_policy recommend", "underlying framework"),
    _rule(Measure.UNDERLYING_POLICIES, "rules approve", "framework elsewhere"),
    _rule(Measure.POLICY_REVISION, "security_policy revise"),
    _rule(Measure.POLICY_REVISION, "policy revise", "elsewhere"),
    _rule(Measure.OBJECTIVES, "goal", "elsewhere"),
    _rule(Measure.EXECUTIVE_REPORTING, "report executive", "aside"),
    _rule(Measure.QUARTERLY_STATUS, "status security"),
    _rule(Measure.RISK_LEVEL, "risk level"),
    _rule(Measure.STEERING, "steer security"),
)
_AGENDA: Final = (
    _rule(Measure.AGENDA_ANY_OTHER_BUSINESS, "aob"),
    _rule(Measure.AGENDA_MINUTES, "minutes"),
    _rule(Measure.EXECUTIVE_REPORTING, "report executive"),
    _rule(Measure.AGENDA_INCIDENTS, "incident"),
    _rule(Measure.AGENDA_YEAR_WHEEL, "wheel"),
    _rule(Measure.AGENDA_COMING_TASKS, "work coming"),
    _rule(Measure.AGENDA_POLICIES, "rules"),
    _rule(Measure.AGENDA_ONGOING, "ongoing"),
)


def duty_measure(text: str) -> Measure | None:
    """Return the measure of a responsibility or task."""
    return _first(_DUTIES, text)


def agenda_measure(text: str) -> Measure | None:
    return _first(_AGENDA, text)


def meeting_measure(text: str, *, recurs: bool, horizon: bool) -> Measure | None:
    """Return the measure of a meeting rule: how far ahead, or how often they meet."""
    if horizon and means("calendar", text):
        return Measure.CALENDAR_HORIZON
    if recurs and not means("not_meeting", text):
        return Measure.MEETINGS_PER_YEAR
    return None


def means(meaning: str, text: str) -> bool:
    """Return whether a text holds a word of the meaning, one of the keys above."""
    return _PATTERNS[meaning].search(text, 0, _LOOKED_AT) is not None


def _fits(meaning: str, text: str) -> bool:
    """Return whether a text means it; "elsewhere" and the like are others' business."""
    if meaning not in _MATTERS:
        return means(meaning, text)
    opening = _SUBJECT.match(text)
    said = text[opening.end() if opening else 0 : _LOOKED_AT]
    named = any(means(about, said) for about in _MATTERS[meaning])
    return named and not (means("domain", said) or COMMITTEE.search(said))


def _first(rules: tuple[_Rule, ...], text: str) -> Measure | None:
    for rule in rules:
        if all(means(need, text) for need in rule.needs) and not any(
            _fits(lack, text) for lack in rule.lacks
        ):
            return rule.measure
    return None
