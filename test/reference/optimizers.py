# 20 steps of torch's SGD and AdamW, and of LARS by its formula, on a small network without a bias before its BatchNorm; for test/training. torch 2.14.1, numpy 2.4.
# Run: python test/reference/optimizers.py

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

from hashed import hashed, rounded

shapes = {'bn1.bias': (6,), 'bn1.weight': (6,), 'linear1.weight': (6, 8), 'linear2.bias': (3,), 'linear2.weight': (3, 6)}


def start():
    return {name: torch.from_numpy(np.abs(hashed(name, shape)) + 0.5 if name == 'bn1.weight' else hashed(name, shape)).requires_grad_() for name, shape in shapes.items()}


x, target = torch.from_numpy(hashed('x', (16, 8))), torch.from_numpy(hashed('target', (16, 3)))


def loss(p):
    h = F.batch_norm(x @ p['linear1.weight'].T, None, None, p['bn1.weight'], p['bn1.bias'], training=True)
    return ((F.relu(h) @ p['linear2.weight'].T + p['linear2.bias'] - target) ** 2).mean()


def by_torch(make):
    p = start()
    optimizer = make(list(p.values()))
    losses = []
    for _ in range(20):
        optimizer.zero_grad()
        value = loss(p)
        value.backward()
        optimizer.step()
        losses.append(value.item())
    return {'losses': rounded(losses), 'params': {name: rounded(tensor.detach()) for name, tensor in p.items()}}


def by_lars(momentum, decay, eeta):
    """google-research/simclr, lars_optimizer.py: classic momentum; BatchNorm and biases without decay and ratio; the rate rises from step to step."""
    p = start()
    v = {name: np.zeros(shape) for name, shape in shapes.items()}
    losses = []
    for step in range(20):
        for tensor in p.values():
            tensor.grad = None
        value = loss(p)
        value.backward()
        losses.append(value.item())
        rate = 0.1 * (step + 1)
        for name, tensor in p.items():
            w, g = tensor.detach().numpy().astype(np.float64), tensor.grad.numpy().astype(np.float64)
            excluded = name.startswith('bn') or name.endswith('bias')
            trust = 1.0
            if not excluded:
                g = g + decay * w
                trust = eeta * np.linalg.norm(w) / np.linalg.norm(g)
            v[name] = momentum * v[name] + rate * trust * g
            with torch.no_grad():
                tensor.copy_(torch.from_numpy((w - v[name]).astype(np.float32)))
    return {'losses': rounded(losses), 'params': {name: rounded(tensor.detach()) for name, tensor in p.items()}}


out = {
    'sgd': by_torch(lambda p: torch.optim.SGD(p, lr=0.1)),
    'momentum': by_torch(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.01)),
    'nesterov': by_torch(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01)),
    'adamW': by_torch(lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1)),
    'lars': by_lars(0.9, 0.01, 0.1),
}
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(out) + '\n')
