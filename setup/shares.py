"""How the time of a run divides among the nodes that ran, several of them at once."""

from collections import defaultdict


def shares(ran):
    """Of (start, end, name) of each node: the time of each, the time in which none ran, and that of the whole run. A moment is divided evenly among those that ran in it."""
    time_of = defaultdict(float, {name: 0.0 for _, _, name in ran})
    marks = sorted(mark for start, end, name in ran if end > start for mark in ((start, 1, name), (end, 0, name)))
    active, idle, before = [], 0.0, marks[0][0]
    for now, starts, name in marks:
        for running in active:
            time_of[running] += (now - before) / len(active)
        if not active:
            idle += now - before
        before = now
        if starts:
            active.append(name)
        else:
            active.remove(name)
    return time_of, idle, marks[-1][0] - marks[0][0]


def middle(runs):
    """Half of the runs, without the shortest and the longest."""
    ordered = sorted(runs, key=lambda run: run[2])
    cut = len(ordered) // 4
    return ordered[cut:len(ordered) - cut]
