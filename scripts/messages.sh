#!/bin/sh
# Collects the sentences of the pages for translation and compiles both catalogues (needs gettext).
# Our sentences are Vietnamese, so only English is collected; locale/vi says Django's own sentences in our words.
set -eu
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE=danvan.web.settings DANVAN_HOME="${DANVAN_HOME:-$(mktemp -d)}"
python=$(pwd)/.venv/bin/python
cd src/danvan
# rules/ knows no gettext: what its tables say to citizens is written out for the collector, and taken away again.
trap 'rm -f rules/collected.py' EXIT
"$python" -m danvan.rules.told > rules/collected.py
"$python" -m django makemessages --locale en --no-location --no-wrap --no-obsolete --ignore "*/migrations/*"
# A guessed translation is worse than none.
msgattrib --clear-fuzzy --empty --no-wrap -o web/locale/en/LC_MESSAGES/django.po web/locale/en/LC_MESSAGES/django.po
for language in vi en; do
    catalogue=web/locale/$language/LC_MESSAGES/django
    sed -i '/^"POT-Creation-Date:/d' $catalogue.po
    msgfmt --check-format --no-hash --output-file=$catalogue.mo $catalogue.po
done
msgattrib --untranslated --no-wrap web/locale/en/LC_MESSAGES/django.po | grep '^msgid "' || true
