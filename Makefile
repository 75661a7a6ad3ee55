# Everything a fresh Debian 12 machine needs is installed by `setup`, on which
# the other targets stand. Root or sudo is used for Debian's packages only.

.DEFAULT_GOAL := help
.PHONY: help setup run picture test otherqgis lint package translations bench bench-service clean

PYTHON := .venv/bin/python
PLUGIN := kmzb_qgis_plugin

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/ready ## install Debian's packages and make .venv

.venv/ready: tools/setup.sh debian-packages.txt pyproject.toml constraints.txt
	@tools/setup.sh

run: setup package ## start the service on demo data and open QGIS with the plugin
	@$(PYTHON) tools/run.py

picture: setup package ## make docs/pictures/window.png of the real window (on a virtual screen)
	@xvfb-run --auto-servernum --server-args="-screen 0 1680x1050x24" \
	    $(PYTHON) tools/run.py --picture docs/pictures/window.png

test: setup package ## run all tests
	@echo "== tests"
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2 --max-worker-restart 0 --dist loadfile tests

otherqgis: ## run the plugin's tests with QGIS 3.40 or QGIS=3.44, in a Debian of its own (as root)
	@tools/other_qgis.sh $(or $(QGIS),3.40)

lint: setup ## check style, types, imports, secrets and the translation
	@echo "== lint"
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache
	@.venv/bin/bandit -q -r $(PLUGIN)
	@$(PYTHON) tools/check_secrets.py $(PLUGIN)
	@$(PYTHON) tools/translations.py --check

package: setup ## assemble build/kmzb_qgis_plugin and zip it
	@$(PYTHON) tools/package.py

translations: setup ## collect the strings of the sources into i18n/*.ts
	@$(PYTHON) tools/translations.py

bench: setup package ## print the benchmarks' figures
	@echo "== benchmarks"
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m benchmarks

bench-service: setup ## print the service's figures on a million threats (10 minutes)
	@echo "== benchmarks of the service"
	@$(PYTHON) -m benchmarks.service

clean: ## remove what was built (the demo's data in .run/ too)
	rm -rf build dist .run
