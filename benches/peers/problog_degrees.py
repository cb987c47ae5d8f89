"""Degrees by ProbLog: FILE.pl top|all. The program asks for the top claim; here all others are asked for besides."""

import re
import sys

from problog import get_evaluatable
from problog.program import PrologString
from reading import Answer

text = open(sys.argv[1]).read()
if sys.argv[2] == "all":
    claims = sorted(set(re.findall(r"(?:for|against)\((c\d+)\)", text)))
    text += "".join(f"query({side}({claim})).\n" for claim in claims for side in ("accepted", "rejected", "both"))
answer = Answer()
found = get_evaluatable().create_from(PrologString(text)).evaluate()
for query, degree in found.items():
    side, claim = re.fullmatch(r"(\w+)\(c(\d+)\)", str(query)).groups()
    answer.degrees.setdefault(int(claim), {})[side] = degree
answer.degrees = {claim: [of["accepted"], of["rejected"], of["both"]] for claim, of in answer.degrees.items()}
answer.print()
