"""Runs a graph in TensorFlow's session with and without its tracer, and prints where the time of a run goes: one line of JSON.

    python setup/tracer.py FOLDER --warmup N --runs N

FOLDER holds saved_model.pb, feeds.json and values.bin as lib/engine/trace.ts writes them. Traced and untraced runs take turns. A node's time is its share of the run's: where
several run at once, a moment is divided evenly among them, so that the nodes and the time in which none ran add up to the run. Of the traced runs the middle half counts, by their duration.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy
import tensorflow
from shares import middle, shares
from tensorflow.core.protobuf import config_pb2, saved_model_pb2

tf = tensorflow.compat.v1


def graph_of(folder):
    model = saved_model_pb2.SavedModel.FromString((folder / "saved_model.pb").read_bytes())
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(model.meta_graphs[0].graph_def, name="")
    return graph


def feeds_of(folder):
    """What to feed at the start and at each run, and what to ask for then."""
    plan = json.loads((folder / "feeds.json").read_text())
    data = (folder / "values.bin").read_bytes()

    def value(entry):
        dtype = numpy.dtype(entry["dtype"])
        size = int(numpy.prod(entry["shape"], dtype=numpy.int64))
        return numpy.frombuffer(data, dtype, size, entry["offset"]).reshape(entry["shape"])

    return {name: [(entry["name"], value(entry)) for entry in plan[name]] for name in ("variables", "inputs")}, plan["written"], plan["results"]


def intervals(stats):
    """(start, end, name) of each node that ran, in nanoseconds."""
    for device in stats.dev_stats:
        for node in device.node_stats:
            start = node.all_start_nanos + node.op_start_rel_nanos
            yield start, max(start, node.all_start_nanos + node.op_end_rel_nanos), node.node_name


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--warmup", type=int, default=5)
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args()
    feeds, written, results = feeds_of(options.folder)
    inputs = [value for _, value in feeds["inputs"]]
    session = tf.Session(graph=graph_of(options.folder))
    gpus = [device.name for device in session.list_devices() if "GPU" in device.device_type]
    if gpus:
        sys.exit(f"expected a machine whose steps run on the processor, got {gpus[0]}: the kernels of a GPU are not traced; set CUDA_VISIBLE_DEVICES= to trace the processor")
    session.run(written, {f"{name}:0": value for name, value in feeds["variables"]})
    full = config_pb2.RunOptions(trace_level=config_pb2.RunOptions.FULL_TRACE)
    metadata = tf.RunMetadata()
    step = session.make_callable([f"{name}:0" for name in results], [f"{name}:0" for name, _ in feeds["inputs"]], accept_options=True)
    first = step(*inputs, options=config_pb2.RunOptions(output_partition_graphs=True), run_metadata=metadata)
    operation = {node.name: node.op for graph in metadata.partition_graphs for node in graph.node}
    for _ in range(options.warmup):
        step(*inputs)
        step(*inputs, options=full, run_metadata=tf.RunMetadata())
    seconds, runs = {"untraced": [], "traced": []}, []
    for _ in range(options.runs):
        metadata = tf.RunMetadata()
        start = time.perf_counter()
        step(*inputs)
        between = time.perf_counter()
        step(*inputs, options=full, run_metadata=metadata)
        seconds["traced"].append(time.perf_counter() - between)
        seconds["untraced"].append(between - start)
        runs.append(shares(list(intervals(metadata.step_stats))))
    chosen = middle(runs)
    mean = lambda values: sum(values) / len(chosen) / 1000
    names = sorted({name for run in chosen for name in run[0]})
    print(json.dumps({
        "tensorflow": tensorflow.__version__, "seconds": seconds, "first": [float(value) for value in first if value.ndim == 0 and value.dtype != bool], "idle": mean([run[1] for run in chosen]),
        "nodes": [{"name": name, "operation": operation.get(name, "?"), "microseconds": mean([run[0].get(name, 0) for run in chosen])} for name in names],
    }))


if __name__ == "__main__":
    main()
