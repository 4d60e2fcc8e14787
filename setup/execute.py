"""Executes a notebook from top to bottom without a screen, tells each cell's time, and saves it whole or, after an error, as far as it came.

    python setup/execute.py NOTEBOOK --output FILE [--partial FILE]

Exit code 0; 1 after an error in a cell (its text is printed, what was done lies in --partial, default --output); 130 when interrupted.
The kernel takes its settings from this program's environment (SSL_PRESET ...), and is found through JUPYTER_PATH.
"""

import argparse
import asyncio
import atexit
import os
import re
import signal
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

ANSI = re.compile(r"\x1b\[[0-9;]*m")
KERNEL_FRAMES = re.compile(r"^\s+at .*(node_modules/tslab/|node:vm|node:internal|evalmachine).*\n?", re.MULTILINE)


def without_paths(value, replacements):
    """The same outputs without the names of this machine's folders; pictures are left alone."""
    if isinstance(value, str):
        for folder, name in replacements:
            value = value.replace(folder, name)
        return value
    if isinstance(value, list):
        return [without_paths(item, replacements) for item in value]
    if isinstance(value, dict):
        return {key: item if key.startswith("image/") and key != "image/svg+xml" else without_paths(item, replacements) for key, item in value.items()}
    return value


def tidy(notebook, root):
    """Outputs that can be committed: no folders of this machine, no times of day."""
    replacements = [(f"file://{root}/", ""), (f"{root}/", ""), (str(root), "."), (str(Path.home()), "~")]
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [nbformat.from_dict(without_paths(output, replacements)) for output in cell.outputs]
    return notebook


def save(notebook, file):
    """Writes beside the file and renames: readers see the old notebook or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        nbformat.write(notebook, fresh)
        os.replace(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)


def first_line(source):
    """What a cell is about, in one line."""
    lines = [line.strip() for line in source.splitlines()]
    telling = [line for line in lines if line and not line.startswith("import ")]
    return (telling or lines or [""])[0][:100]


def error_text(error):
    """The cell and what it printed on the error stream (there the kernel writes its errors), without the kernel's own stack lines."""
    return KERNEL_FRAMES.sub("", ANSI.sub("", str(error))).replace("An error occurred while executing the following cell:\n", "").strip()


class Runner:
    """Runs the cells and tells of each."""

    def __init__(self, notebook, folder):
        self.cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
        self.started = {}
        self.current = None
        self.interrupted = False
        self.client = NotebookClient(
            notebook,
            timeout=None,
            startup_timeout=120,
            record_timing=False,
            kernel_name=notebook.metadata.get("kernelspec", {}).get("name") or "ssl-workbench",
            resources={"metadata": {"path": str(folder)}},
            on_cell_start=self.start,
            on_cell_executed=self.end,
        )

    def number(self, cell):
        return next((i + 1 for i, other in enumerate(self.cells) if other is cell), 0)

    def start(self, cell, cell_index):
        self.current = cell
        self.started[cell_index] = time.monotonic()

    def end(self, cell, cell_index, execute_reply):
        seconds = time.monotonic() - self.started[cell_index]
        print(f"  {self.number(cell):3d}/{len(self.cells)}  {seconds:7.1f} s  {first_line(cell.source)}", flush=True)

    async def run(self):
        """Raises what a cell raises; a signal ends the kernel and raises KeyboardInterrupt."""
        loop = asyncio.get_running_loop()
        task = asyncio.ensure_future(self.client.async_execute())

        def stop():
            self.interrupted = True
            task.cancel()

        await asyncio.sleep(0)  # nbclient sets its own handlers when it starts; these come after them
        while not task.done():
            for name in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(name, stop)
            await asyncio.wait([task], timeout=0.5)
        try:
            await task
        except asyncio.CancelledError:
            raise KeyboardInterrupt from None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--partial", type=Path)
    options = parser.parse_args()
    root = Path(__file__).resolve().parent.parent
    partial = options.partial or options.output

    notebook = nbformat.read(options.notebook, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    runner = Runner(notebook, options.notebook.resolve().parent)
    problem = None
    try:
        asyncio.run(runner.run())
    except CellExecutionError as error:
        problem = f"cell {runner.number(runner.current)} of {len(runner.cells)} failed:\n{error_text(error)}"
    except DeadKernelError:
        problem = f"the kernel died in cell {runner.number(runner.current)} of {len(runner.cells)}; when the machine's memory was full, a smaller batch or preset helps"
    except RuntimeError as error:
        if runner.current is not None:
            raise
        atexit.unregister(runner.client._cleanup_kernel)  # nbclient leaves it behind, to fail on a kernel that is gone
        problem = f"the kernel did not start ({error}); `npm run doctor` says what is missing"
    except KeyboardInterrupt:
        pass
    if runner.interrupted:
        problem = f"interrupted in cell {runner.number(runner.current)} of {len(runner.cells)}"
    save(tidy(notebook, root), options.output if problem is None else partial)
    if problem is None:
        return 0
    print(f"{options.notebook.name}: {problem}\nAs far as it came: {os.path.relpath(partial)}", file=sys.stderr, flush=True)
    return 130 if runner.interrupted else 1


if __name__ == "__main__":
    sys.exit(main())
