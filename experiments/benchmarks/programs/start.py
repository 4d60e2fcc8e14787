# What a peer starts from: the case, the images, our initial weights. Read from the file that prepare.ts wrote; its name and the case are the argument.

import json
import os
import platform
import sys

import torch
from safetensors.torch import load_file

from models import model

last = torch.channels_last
torch.set_num_threads(int(os.environ['OMP_NUM_THREADS']))
torch.manual_seed(0)
task = json.loads(sys.argv[1])
case, settings = task['case'], task['settings']
stored = load_file(task['start'])
images = stored['images'].permute(0, 3, 1, 2).contiguous()  # bytes, [n, c, h, w]
mean, deviation = stored['mean'][:, None, None], stored['standardDeviation'][:, None, None]
versions = {'python': platform.python_version(), 'torch': torch.__version__}


def part(prefix):
    return {name.removeprefix(prefix): value for name, value in stored.items() if name.startswith(prefix)}


def theirs(value):
    """Ours are [h, w, inputs, outputs]."""
    return value.permute(3, 2, 0, 1) if value.dim() == 4 else value


def fresh():
    """The model with our initial weights, and its optimizer."""
    net = model(case, settings)
    names, ours = dict(net.named_parameters()), part('params.')
    assert names.keys() == ours.keys(), f'expected the parameters {sorted(ours)}, got {sorted(names)}'
    with torch.no_grad():
        for name, value in ours.items():
            names[name].copy_(theirs(value))
    net = net.to(memory_format=last)
    return net, torch.optim.AdamW(net.parameters(), lr=settings['rate'], weight_decay=settings['decay'], fused=True)


def update(net, optimizer, batch):
    """One step on a batch; its loss."""
    loss = net(batch)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    value = loss.item()
    assert value == value, f'expected a finite loss, got {value}'
    return value


def parameters(net):
    return sum(p.numel() for p in net.parameters())
