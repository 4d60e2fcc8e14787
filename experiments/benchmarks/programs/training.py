# The peer in PyTorch: trains a case, a step a repetition, with the views of a batch made by tensor operations. `compiled`: whether through torch.compile.

import time

from turns import turns

import torch

from augment import view
from start import case, deviation, fresh, images, last, mean, parameters, settings, task, update, versions

net, optimizer = fresh()
forward, make = (torch.compile(net), torch.compile(view)) if task['compiled'] else (net, view)
step = 0


def work():
    global step
    at = step % (len(images) // case['batch']) * case['batch']
    step += 1
    chosen = images[at:at + case['batch']].float().div_(255)
    if case['objective'] == 'simclr':
        batch = {name: make(chosen, mean, deviation, settings['area'], settings['strength']) for name in ('first', 'second')}
    else:
        batch = {'images': ((chosen - mean) / deviation).contiguous(memory_format=last), 'labels': torch.arange(at, at + case['batch']) % settings['classes']}
    update(forward, optimizer, batch)


began = time.perf_counter()
for _ in range(3):
    work()
turns({'versions': versions, 'parameters': parameters(net), 'firstStepsSeconds': time.perf_counter() - began}, work)
