# Outputs and gradients of torch's layers on hashed inputs, for test/layers. torch 2.14.1, timm 1.0.31, lightly 1.6, numpy 2.4.
# Run: python test/reference/layers.py

import json
import pathlib
import sys

from hashed import hashed, rounded

sys.path.pop(0)   # this folder: timm would take its safetensors.py for the library
import torch
import torch.nn.functional as F
from lightly.models.utils import get_2d_sine_cosine_positional_embedding
from timm.layers import Attention


def tensor(name, shape, scale=1.0):
    return torch.from_numpy(hashed(name, shape, scale)).requires_grad_()


def nhwc(x):
    return x.permute(0, 2, 3, 1)


out = {}

# Images are hashed as [n, h, w, c], kernels as [out, in, h, w].
for name, kernel, stride, size in [('3x3', 3, 1, 6), ('3x3 stride 2', 3, 2, 6), ('3x3 stride 2, odd size', 3, 2, 7), ('7x7 stride 2', 7, 2, 8), ('1x1 stride 2', 1, 2, 6), ('1x1', 1, 1, 5)]:
    x, w, b = tensor(name + ' x', (2, size, size, 3)), tensor(name + ' w', (4, 3, kernel, kernel)), tensor(name + ' b', (4,))
    y = nhwc(F.conv2d(x.permute(0, 3, 1, 2), w, b, stride=stride, padding=(kernel - 1) // 2))
    dy = torch.from_numpy(hashed(name + ' dy', tuple(y.shape)))
    y.backward(dy)
    out[name] = {'kernel': kernel, 'stride': stride, 'size': size, 'shape': list(y.shape), 'y': rounded(y.detach()), 'dx': rounded(x.grad), 'dw': rounded(w.grad), 'db': rounded(b.grad)}

for name, shape in [('batchNorm images', (3, 4, 4, 5)), ('batchNorm rows', (7, 5))]:
    x, w, b = tensor(name + ' x', shape), tensor(name + ' w', (5,)), tensor(name + ' b', (5,))
    mean, variance = torch.from_numpy(hashed(name + ' mean', (5,))), torch.from_numpy(hashed(name + ' variance', (5,))).abs() + 0.1
    def norm(x, training, mean, variance):
        planes = x.permute(0, 3, 1, 2) if len(shape) == 4 else x
        y = F.batch_norm(planes, mean, variance, w, b, training=training, momentum=1.0)
        return nhwc(y) if len(shape) == 4 else y
    population = norm(x, False, mean, variance)
    y = norm(x, True, None, None)
    y.backward(torch.from_numpy(hashed(name + ' dy', shape)))
    flat = x.detach().reshape(-1, 5)
    out[name] = {'shape': list(shape), 'y': rounded(y.detach()), 'dx': rounded(x.grad), 'dw': rounded(w.grad), 'db': rounded(b.grad), 'population': rounded(population.detach()),
                 'mean': rounded(flat.mean(0)), 'variance': rounded(flat.var(0, correction=0))}

x = tensor('maxPool x', (2, 6, 6, 3))
y = nhwc(F.max_pool2d(x.permute(0, 3, 1, 2) - 2, 3, stride=2, padding=1))
y.backward(torch.from_numpy(hashed('maxPool dy', tuple(y.shape))))
out['maxPool'] = {'y': rounded(y.detach()), 'dx': rounded(x.grad)}

x, w, b = tensor('linear x', (2, 3, 5)), tensor('linear w', (4, 5)), tensor('linear b', (4,))
y = F.linear(x, w, b)
y.backward(torch.from_numpy(hashed('linear dy', (2, 3, 4))))
out['linear'] = {'y': rounded(y.detach()), 'dx': rounded(x.grad), 'dw': rounded(w.grad), 'db': rounded(b.grad)}

x, w, b = tensor('layerNorm x', (2, 3, 8)), tensor('layerNorm w', (8,)), tensor('layerNorm b', (8,))
y = F.layer_norm(x, (8,), w, b, eps=1e-6)
y.backward(torch.from_numpy(hashed('layerNorm dy', (2, 3, 8))))
out['layerNorm'] = {'y': rounded(y.detach()), 'dx': rounded(x.grad), 'dw': rounded(w.grad), 'db': rounded(b.grad)}

out['gelu'] = {}
for approximate in ('none', 'tanh'):
    x = tensor('gelu x', (40,), 6)
    y = F.gelu(x, approximate=approximate)
    y.backward(torch.from_numpy(hashed('gelu dy', (40,))))
    out['gelu'][approximate] = {'y': rounded(y.detach()), 'dx': rounded(x.grad)}

# Weights are large, so that the attention weights are far from equal.
module = Attention(12, num_heads=3, qkv_bias=True)
with torch.no_grad():
    for name, parameter in module.named_parameters():
        parameter.copy_(torch.from_numpy(hashed(name, tuple(parameter.shape))))
x = tensor('attention x', (2, 5, 12))
y = module(x)
y.backward(torch.from_numpy(hashed('attention dy', (2, 5, 12))))
out['attention'] = {'y': rounded(y.detach()), 'dx': rounded(x.grad), **{name: rounded(parameter.grad) for name, parameter in module.named_parameters()}}

# MAE's positions as lightly has copied them.
out['sinCosPositions'] = rounded(get_2d_sine_cosine_positional_embedding(12, 3, cls_token=False))

pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(out) + '\n')
