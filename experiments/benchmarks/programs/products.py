# A bound: the convolutions and matrix products of a step alone, each with both of its gradients, in PyTorch.

import math

from turns import turns

import torch
from torch.nn import functional as F

from start import last, task, versions

works = []
operations = 0


def convolution(input, outputs, kernel, stride, padding, both, **_):
    n, h, w, c = input
    x = torch.randn(n, c, h, w).contiguous(memory_format=last)
    weight = torch.randn(outputs, c, kernel, kernel).contiguous(memory_format=last)
    dy = torch.randn_like(F.conv2d(x, weight, None, stride, padding))

    def work():
        F.conv2d(x, weight, None, stride, padding)
        torch.ops.aten.convolution_backward(dy, x, weight, None, [stride] * 2, [padding] * 2, [1, 1], False, [0, 0], 1, [both, True, False])
    return work, dy.numel() * c * kernel ** 2


def product(count, rows, inner, columns, both, **_):
    shape = (lambda *sizes: sizes) if count == 1 else (lambda *sizes: (count, *sizes))
    x, weight, dy = torch.randn(shape(rows, inner)), torch.randn(shape(columns, inner)), torch.randn(shape(rows, columns))

    def work():
        x @ weight.mT
        dy.mT @ x
        if both:
            dy @ weight
    return work, count * rows * inner * columns


for given in task['products']:
    made, multiplied = {'convolution': convolution, 'product': product}[given['kind']](**given)
    works.append(made)
    operations += 2 * multiplied * (3 if given['both'] else 2)


def work():
    for one in works:
        one()


with torch.inference_mode():
    for _ in range(3):
        work()
    turns({'versions': versions, 'operations': operations}, work)
