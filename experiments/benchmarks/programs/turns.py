# The end of a measured program that speaks with the harness: facts once, then a turn for each line that comes.

import json
import os
import sys
import time

channel = os.fdopen(os.dup(1), 'w')  # whatever a library prints goes to stderr instead
os.dup2(2, 1)


def say(value):
    channel.write(json.dumps(value) + '\n')
    channel.flush()


def turns(facts, work, before=0):
    """Works in turns until the harness closes the pipe; each begins with `before` repetitions that do not count."""
    say(facts)
    for line in sys.stdin:
        for _ in range(before):
            work()
        start = time.perf_counter()
        repetitions = 0
        while True:
            work()
            repetitions += 1
            seconds = time.perf_counter() - start
            if seconds >= float(line):
                break
        say({'repetitions': repetitions, 'seconds': seconds})
