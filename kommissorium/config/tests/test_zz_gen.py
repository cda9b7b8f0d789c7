from kommissorium.config.tests import test_access as T
from django.urls import reverse
from django.db import transaction
def test_gen(cast, meeting, client_of):
    S = T.make_samples(cast, meeting)
    V = {w: T.just_proven(client_of(w)) for w in T.WHO}
    names = []
    for n in T.url_names():
        names.append(n)
        names += [k for k in S.by_name if k.startswith(n+"/")]
    out=[]
    for n in names:
      for m in ("GET","POST"):
        V = {w: T.just_proven(client_of(w)) for w in T.WHO}
        codes=[]
        for who in T.WHO:
            try:
                url=reverse(n.partition("/")[0], kwargs=S.arguments(n))
                codes.append(T.status(V[who], m, url))
            except Exception as e:
                codes.append("!"+type(e).__name__+":"+str(e)[:150].replace("\n"," "))
        errs={c for c in codes if c.startswith("!")}
        if errs: out.append(f"#ERR {m} {n} {errs}"); codes=["ERR" if c[0]=="!" else c for c in codes]
        if m=="POST" and set(codes)<= {"405","-"}: continue
        out.append(str(T.Row(m,n,tuple(codes))))
    open("/tmp/access_rows.txt","w").write("\n".join(out)+"\n")
