# What the peer computes on our batch from our weights: the losses of the first two steps and the first gradient, which ours must equal, and the matrix products and convolutions of a step.

import json

import torch
from timm.layers import Attention
from torch import nn

from augment import view
from models import NtXent
from start import case, deviation, fresh, images, last, mean, parameters, part, settings, theirs, update

net, optimizer = fresh()
batch = {name: value.permute(0, 3, 1, 2).contiguous(memory_format=last) if value.dim() == 4 else value.long() for name, value in part('batch.').items()}
products = []


def note(module, inputs, output):
    x = inputs[0]
    if isinstance(module, nn.Conv2d) and module.kernel_size == module.stride != (1, 1):  # patches
        products.append({'kind': 'product', 'count': 1, 'rows': output.numel() // output.shape[1], 'inner': x.shape[1] * module.kernel_size[0] ** 2, 'columns': output.shape[1], 'both': x.requires_grad})
    elif isinstance(module, nn.Conv2d):
        products.append({'kind': 'convolution', 'input': [x.shape[0], x.shape[2], x.shape[3], x.shape[1]], 'outputs': output.shape[1], 'kernel': module.kernel_size[0],
                         'stride': module.stride[0], 'padding': module.padding[0], 'both': x.requires_grad})
    elif isinstance(module, nn.Linear):
        products.append({'kind': 'product', 'count': 1, 'rows': x.numel() // x.shape[-1], 'inner': x.shape[-1], 'columns': output.shape[-1], 'both': x.requires_grad})
    elif isinstance(module, Attention):
        n, tokens, width = x.shape
        for inner, columns in ((width // module.num_heads, tokens), (tokens, width // module.num_heads)):
            products.append({'kind': 'product', 'count': n * module.num_heads, 'rows': tokens, 'inner': inner, 'columns': columns, 'both': True})
    elif isinstance(module, NtXent):
        products.append({'kind': 'product', 'count': 1, 'rows': x.shape[0], 'inner': x.shape[1], 'columns': x.shape[0], 'both': True})


hooks = [module.register_forward_hook(note) for module in net.modules()]
losses = [update(net, optimizer, batch)]
for hook in hooks:
    hook.remove()
ours = {name: theirs(value) for name, value in part('gradients.').items()}
apart = sum((value.grad - ours[name]).double().square().sum() for name, value in net.named_parameters())  # zero_grad comes before the next step's gradient
distance = float((apart / sum(value.double().square().sum() for value in ours.values())).sqrt())
losses.append(update(net, optimizer, batch))
views = view(images[:2048].float() / 255, mean, deviation, settings['area'], settings['strength']) if case['objective'] == 'simclr' else batch['images']
print(json.dumps({'parameters': parameters(net), 'losses': losses, 'gradientDistance': distance, 'products': products, 'views': [[float(v) for v in f(views, (0, 2, 3))] for f in (torch.mean, torch.std)]}))
