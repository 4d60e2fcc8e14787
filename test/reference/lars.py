# 30 steps of LARS at a falling rate in double precision, with the rate inside the momentum as SimCLR's code has it and
# outside as MoCo v3's, written from their update rules; for test/training/lars.test.ts. numpy 2.4.
# Run: python test/reference/lars.py

import json
import math
import pathlib

import numpy as np

from hashed import hashed, rounded

SHAPES = {'bias': (3,), 'weight': (4, 3)}
STEPS, PEAK, MOMENTUM, DECAY, TRUST = 30, 0.5, 0.9, 0.01, 0.1


def steps(inside):
    """The gradient of ‖parameter − target‖²/2, shaken from step to step."""
    p = {name: hashed(name, shape).astype(np.float64) for name, shape in SHAPES.items()}
    target = {name: hashed(f'{name} target', shape).astype(np.float64) for name, shape in SHAPES.items()}
    v = {name: np.zeros(shape) for name, shape in SHAPES.items()}
    for step in range(STEPS):
        rate = PEAK * (1 + math.cos(math.pi * step / STEPS)) / 2
        for name, w in p.items():
            g = w - target[name] + hashed(f'{name} {step}', w.shape, 0.1)
            if w.ndim > 1:
                g = g + DECAY * w
                g = g * TRUST * np.linalg.norm(w) / np.linalg.norm(g)
            if inside:   # google-research/simclr, lars_optimizer.py, classic_momentum
                v[name] = MOMENTUM * v[name] + rate * g
                p[name] = w - v[name]
            else:   # facebookresearch/moco-v3, moco/optimizer.py
                v[name] = MOMENTUM * v[name] + g
                p[name] = w - rate * v[name]
    return {name: rounded(value) for name, value in p.items()}


out = {'inside': steps(True), 'outside': steps(False)}
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(out) + '\n')
