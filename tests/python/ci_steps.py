"""Prints the shell of a build server's file, as that server would run it: one script, its commands one after the other."""

import sys

import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    pipeline = yaml.safe_load(file)

if "jobs" in pipeline:
    steps = [step for job in pipeline["jobs"].values() for step in job["steps"]]
    commands = [step["run"] for step in steps if "run" in step]
    variables = next(iter(pipeline["jobs"].values()))["env"]
else:
    job = pipeline["load"]
    commands = job["before_script"] + job["script"]
    variables = job["variables"]

for name, value in variables.items():
    print(f"export {name}='{value}'")
print("\n".join(commands))
