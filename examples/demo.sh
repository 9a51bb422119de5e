#!/bin/sh
# What `make demo` plays: one release from the inbox into reviewable catalogues, as a user would type it.
set -e
run() {
  printf '\n$ kzpress %s\n' "$*"
  "$BIN/kzpress" "$@" || printf '(status %s)\n' "$?"
}
run translate examples/inbox/2021-07-24-video-talks.txt
run status
run glossary find "Уполномоченному по правам человека" --lang ru
printf '\n$ head of the Kazakh draft\n'
sed -n '17,33p' locales/kk/LC_MESSAGES/2021-07-24-*.po
printf '\nOpen the .po files in Poedit, or any editor; `kzpress check` says what still needs a hand.\n'
