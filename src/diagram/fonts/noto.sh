#!/usr/bin/env bash
# Makes the subsets of Noto in this folder: what a machine without fonts would lose. Needs fontTools (`pip install fonttools`) and the
# fonts of Debian's package `fonts-noto-core`, or those of the folder that is named.
set -euo pipefail
cd "$(dirname "$0")"
noto=${1:-/usr/share/fonts/truetype/noto}

subset() {
    pyftsubset "$noto/$1-Regular.ttf" --output-file="$1.ttf" --unicodes="$2" --layout-features="$3" \
        --no-hinting --desubroutinize --notdef-outline --name-IDs=0,1,2,3,4,5,6,13,14 \
        --drop-tables+=kern,DSIG,hdmx,VDMX,LTSH,gasp
}

# The space stays with the letters before it.
subset NotoSans "U+0020,U+0300-0314,U+0342-0345,U+1F00-1FFE" "ccmp,mark,mkmk"
subset NotoSansHebrew "U+0020,U+0590-05F4,U+FB1D-FB4F" "ccmp,mark,mkmk"
subset NotoSansArabic "U+0020,U+0600-06FF,U+200C-200D" "ccmp,init,medi,fina,isol,rlig,mark,mkmk"
