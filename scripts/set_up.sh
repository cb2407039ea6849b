#!/usr/bin/env bash
# set_up.sh PYTHON VENV EXTRAS: install what EXTRAS need, with pip's own cache of wheels.
# One line of progress at a terminal; at the end, how long it took. What pip said is in VENV/set_up.log.
set -euo pipefail
python=$1 venv=$2 extras=$3
log=$venv/set_up.log

show_progress() {
  awk -v here="$([ -t 1 ] && echo yes)" '
    /^Collecting/ { count++; step = count " packages found: " $2 }
    /^Installing collected/ { step = "installing " count " packages" }
    here && step { printf "\r\033[K  %s", step; fflush(); step = "" }
    END { if (here) printf "\r\033[K" }'
}

echo "Setting up $venv [$extras] ..."
[ -x "$venv/bin/pip" ] || "$python" -m venv "$venv"
# Not compiled: of the many modules few are ever imported, and those are compiled then.
if ! "$venv/bin/pip" install --no-compile --disable-pip-version-check --progress-bar off \
    -e ".[$extras]" 2>&1 | tee "$log" | show_progress; then
  tail -15 "$log" >&2
  echo "It could not be set up. Is the network there? Then run the same command again." >&2
  exit 1
fi
echo "Set up in $SECONDS s."
