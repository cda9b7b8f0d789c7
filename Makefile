# make demo     set everything up and start a filled demonstration
# make test     the tests on SQLite and PostgreSQL, and the journeys in Chromium
#               with DEEP=1 all examples, and all that asks a database on both
#               with ROOM=objectives those that a change of that room is about
# make pictures take the guide's pictures anew from the demonstration, after pages have changed
# make verdicts ask axe about every page anew, after a change of the style sheet
# make check    style, types, layers, templates, translations, migrations, known holes
# make bench    measure the running program
# make soak     the long form of the families of tests (docs/families.md): hours
#               with FAMILY=17 MINUTES=480 one of them: a night of load
# make package  wheel, source, what it is made of and the versions it was tested with, in dist/
# Needs python3, node (20 or newer) with npm, and make. All else comes by these.

UV := $(shell command -v uv || echo .tools/uv)
RUN := .venv/bin/python

COMMAND := .venv/bin/kommissorium
MODULES := node_modules/.package-lock.json
VENDOR := kommissorium/core/static/vendor/kommissorium.css
MESSAGES := .tools/messages
STATIC := kommissorium/staticfiles/staticfiles.json
VERDICTS := kommissorium/config/tests/journeys/passed_by_axe.txt

.PHONY: setup demo test pictures verdicts check bench soak package clean

# The parts that do not wait for each other are made side by side.
setup:
	@$(MAKE) --no-print-directory --silent -j3 $(COMMAND) $(MODULES) $(VENDOR) $(MESSAGES) $(STATIC)
	@echo "Ready: $(COMMAND)"

# The first time, static files are collected while the municipality is built, which takes longer.
demo:
	@$(MAKE) --no-print-directory --silent -j3 $(COMMAND) $(VENDOR) $(MESSAGES)
	@collect() { $(MAKE) --no-print-directory --silent $(STATIC); }; \
	if [ -e demo-data ]; then collect; else collect & fi && exec $(COMMAND) demo

test: export DEEP := $(DEEP)
test: export KOMMISSORIUM_TEST_ROOM := $(ROOM)
test: setup
	@$(RUN) scripts/run_tests.py

pictures: setup
	@$(RUN) scripts/guide_pictures.py

verdicts: setup
	@rm -f $(VERDICTS)
	@KOMMISSORIUM_TEST_VERDICTS=1 $(RUN) -m pytest -n 2 -m journey && sort -uo $(VERDICTS) $(VERDICTS)

check: setup
	@$(RUN) scripts/run_checks.py

bench: setup
	@$(RUN) scripts/bench.py

soak: export FAMILY := $(FAMILY)
soak: setup
	@$(RUN) scripts/long_forms.py

package: setup
	@rm -rf dist
	@$(UV) build --quiet
	@$(UV) export --frozen --quiet --no-dev --no-emit-project --no-hashes --no-annotate --no-header -o dist/constraints.txt
	@$(RUN) scripts/sbom.py > dist/kommissorium.cdx.json
	@ls dist

clean:
	rm -rf .venv .tools node_modules kommissorium/core/static/vendor kommissorium/core/fonts kommissorium/staticfiles
	find kommissorium -name '*.mo' -delete

.tools/uv:
	@echo "Fetching uv"
	python3 scripts/get_uv.py

$(COMMAND): uv.lock pyproject.toml | $(filter .tools/uv,$(UV))
	@echo "Installing Python packages"
	$(UV) sync --frozen --quiet
	touch $@

$(MODULES): package.json package-lock.json
	@echo "Installing front-end packages"
	npm ci --silent --no-audit --no-fund --ignore-scripts
	touch $@

# The sprite holds the icons that templates name, so it follows them.
$(VENDOR): $(MODULES) $(shell find frontend kommissorium -name tests -prune -o \( -path 'frontend/*' -o -name '*.html' \) -type f -print)
	@echo "Building style sheet, scripts and fonts"
	npm run --silent build
	touch $@

$(MESSAGES): $(COMMAND) scripts/messages.py $(shell find kommissorium -name '*.po')
	$(RUN) scripts/messages.py compile
	mkdir -p $(@D) && touch $@

$(STATIC): $(COMMAND) $(VENDOR) $(shell find kommissorium/*/static -path '*/vendor' -prune -o -type f -print)
	@echo "Collecting static files"
	KOMMISSORIUM_SECRET_KEY=for-building-only-and-for-nothing-else DJANGO_SETTINGS_MODULE=kommissorium.config.settings \
		$(RUN) -W ignore -m django collectstatic --no-input --clear --verbosity 0
	touch $@
