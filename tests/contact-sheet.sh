#!/usr/bin/env bash
# Every case in every view on one page, to be looked at before and after a change:
#
#     bash tests/contact-sheet.sh FOLDER [CASE…]
#
# FOLDER gets an SVG for each and the page index.html. Without CASE these are all of graphs/. EVIGRAPH names the program, else it
# is the one of `cargo build --release`.
set -euo pipefail

folder=${1:?"a folder to write to"}
shift
root=$(cd "$(dirname "$0")/.." && pwd)
program=${EVIGRAPH:-$root/target/release/evigraph}
cases=("$@")
[ ${#cases[@]} -gt 0 ] || cases=("$root"/graphs/*)
# What each column asks for.
views=("--view card" "--view card --square" "--view overview" "--view argument" "--notation gsn" "--view sources" "--view actors"
    "--view provenance" "--view all" "--cluster section" "--section 1" "--section 2" "--view history" "--view timeline")

mkdir -p "$folder"
page=$folder/index.html
{
    echo '<!doctype html><meta charset="utf-8"><title>Contact sheet</title>'
    echo '<style>body{font:14px sans-serif}td{vertical-align:top;border:1px solid #ccc}img{max-width:300px;max-height:300px}</style>'
    echo '<table><tr><th>'
    printf '<th>%s' "${views[@]}"
} >"$page"
for case in "${cases[@]}"; do
    name=$(basename "$case" .ron)
    echo "<tr><th>$name" >>"$page"
    for view in "${views[@]}"; do
        read -ra arguments <<<"$view"
        picture=$name$(tr -d ' ' <<<"${view//--/-}").svg
        # A view with nothing in it has no picture.
        if "$program" diagram "$case" "${arguments[@]}" --no-settled -o "$folder/$picture" 2>"$folder/$picture.log"; then
            echo "<td><a href=\"$picture\"><img src=\"$picture\" alt=\"$name, $view\"></a>" >>"$page"
        else
            rm -f "$folder/$picture"
            echo '<td>' >>"$page"
        fi
    done
done
echo '</table>' >>"$page"
echo "$page"
