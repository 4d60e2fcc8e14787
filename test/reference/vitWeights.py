# Weights of a Vision Transformer, and of heads behind it, as a function of their names, the same here and in vitWeights.ts, large enough that the attention weights are far from equal.

import math
import re

import torch

from hashed import hashed


def weight(name, shape):
    """Float64."""
    values = torch.from_numpy(hashed(name, tuple(shape))).double()
    if len(shape) in (2, 4):
        return values * math.sqrt(6 / math.prod(shape[1:]))
    return 1 + values / 2 if re.search(r'(norm|bn).*weight$', name) else values


def fill(model):
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(weight(name, parameter.shape))
