# The peer in PyTorch: trains a case, a step a repetition, with the views of a batch made by tensor operations. `compiled`: whether through torch.compile.

import time

from turns import turns

import torch

from augment import view
from start import case, deviation, fresh, images, last, mean, parameters, settings, task, update, versions

net, optimizer = fresh()
forward, make = (torch.compile(net), torch.compile(view)) if task['compiled'] else (net, view)
order = torch.empty(0, dtype=torch.long)


def work():
    global order
    if len(order) < case['batch']:
        order = torch.randperm(len(images))
    chosen, order = order[:case['batch']], order[case['batch']:]
    pixels = images[chosen].float().div_(255)
    if case['objective'] == 'simclr':
        batch = {name: make(pixels, mean, deviation, settings['area'], settings['strength']) for name in ('first', 'second')}
    else:
        batch = {'images': ((pixels - mean) / deviation).contiguous(memory_format=last), 'labels': chosen % settings['classes']}
    update(forward, optimizer, batch)


began = time.perf_counter()
for _ in range(3):
    work()
turns({'versions': versions, 'parameters': parameters(net), 'firstStepsSeconds': time.perf_counter() - began}, work)
