# The peer in PyTorch: trains a case, a step a repetition, with the views of a batch made by tensor operations.
# Argument: {case, settings, losses, start: file of prepare.ts, compiled: whether torch.compile is used} as JSON.

import json
import platform
import sys
import time

from turns import threads, turns

import torch
from safetensors.torch import load_file

from augment import view
from models import model

task = json.loads(sys.argv[1])
case, settings = task['case'], task['settings']
threads()
torch.manual_seed(0)
start = load_file(task['start'])
images = start['images'].permute(0, 3, 1, 2).contiguous()  # bytes, [n, c, h, w]
mean, deviation = start['mean'], start['standardDeviation']
last = torch.channels_last


def fresh():
    """The model with our initial weights, and its optimizer."""
    net = model(case, settings)
    names = dict(net.named_parameters())
    ours = {name.removeprefix('params.'): value for name, value in start.items() if name.startswith('params.')}
    assert names.keys() == ours.keys(), f'expected the parameters {sorted(ours)}, got {sorted(names)}'
    with torch.no_grad():
        for name, value in ours.items():
            names[name].copy_(value.permute(3, 2, 0, 1) if value.dim() == 4 else value)  # ours are [h, w, inputs, outputs]
    net = net.to(memory_format=last)
    return net, torch.optim.AdamW(net.parameters(), lr=settings['rate'], weight_decay=settings['decay'], fused=True)


def update(net, optimizer, batch):
    loss = net(batch)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def check():
    """The losses of the first steps on our batch: as ours are."""
    net, optimizer = fresh()
    batch = {name.removeprefix('batch.'): value.permute(0, 3, 1, 2).contiguous(memory_format=last) if value.dim() == 4 else value.long() for name, value in start.items() if name.startswith('batch.')}
    losses = [update(net, optimizer, batch) for _ in task['losses']]
    for ours, theirs, tolerance in zip(task['losses'], losses, (1e-4, 1e-2, 1e-2)):
        assert abs(ours - theirs) < tolerance * abs(ours), f'expected the losses {task["losses"]} of our side, got {losses}'
    return losses


losses = check()
net, optimizer = fresh()
forward, make = net, view
if task['compiled']:
    forward, make = torch.compile(net), torch.compile(view)
step = 0


def work():
    global step
    steps = len(images) // case['batch']
    at = step % steps * case['batch']
    chosen = images[at:at + case['batch']].float().div_(255)
    if case['objective'] == 'simclr':
        batch = {name: make(chosen, mean, deviation, settings['area'], settings['strength']) for name in ('first', 'second')}
    else:
        batch = {'images': ((chosen - mean[:, None, None]) / deviation[:, None, None]).contiguous(memory_format=last), 'labels': torch.arange(at, at + case['batch']) % settings['classes']}
    step += 1
    loss = update(forward, optimizer, batch)
    assert loss == loss, f'expected a finite loss, got {loss} at step {step}'


began = time.perf_counter()
for _ in range(3):
    work()
turns({'versions': {'torch': torch.__version__, 'python': platform.python_version()}, 'parameters': sum(p.numel() for p in net.parameters()), 'losses': losses,
       'firstStepsSeconds': time.perf_counter() - began}, work)
