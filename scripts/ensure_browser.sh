#!/bin/sh
# A Chromium for the browser tests, and Japanese fonts for it: installed where that is possible,
# else one line that says what is skipped. CI must have it.
set -u
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing chromium and fonts-noto-cjk for the browser tests ..."
    if apt-get update -qq >/dev/null 2>&1 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium fonts-noto-cjk fonts-noto-color-emoji >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "The browser tests are skipped: there is no Chromium (try: apt-get install chromium fonts-noto-cjk)."
[ -z "${CI:-}" ]
