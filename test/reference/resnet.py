# Features of torchvision's ResNets with hashed weights, in float64, in training and in evaluation mode; for test/backbones. torch 2.14.1, torchvision 0.29.1.
# Run: python test/reference/resnet.py

import json
import math
import pathlib

import torch
import torchvision

from hashed import hashed, rounded


def fill(model):
    """Weights as a function of their names, of about the size that training starts with."""
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            shape = tuple(tensor.shape)
            if name.endswith('num_batches_tracked'):
                continue
            values = torch.from_numpy(hashed(name, shape))
            if tensor.dim() == 4:
                values *= math.sqrt(6 / (shape[1] * shape[2] * shape[3]))
            elif name.endswith(('running_var', 'weight')):
                values = 0.5 + values / 4
            else:
                values /= 4
            tensor.copy_(values)


out = {}
for name, depth, stem, images in [('18 imagenet', 18, 'imagenet', (4, 64, 64, 3)), ('18 cifar', 18, 'cifar', (4, 16, 16, 3)), ('34 imagenet', 34, 'imagenet', (4, 64, 64, 3)), ('50 imagenet', 50, 'imagenet', (4, 64, 64, 3))]:
    model = getattr(torchvision.models, f'resnet{depth}')(weights=None)
    model.fc = torch.nn.Identity()
    if stem == 'cifar':
        model.conv1 = torch.nn.Conv2d(3, 64, 3, padding=1, bias=False)
        model.maxpool = torch.nn.Identity()
    fill(model)
    model.double()
    x = torch.from_numpy(hashed('images', images)).double().permute(0, 3, 1, 2)
    with torch.no_grad():
        evaluated = model.eval()(x)
        trained = model.train()(x)
    out[name] = {
        'depth': depth, 'stem': stem, 'images': list(images), 'parameters': sum(p.numel() for p in model.parameters()),
        'names': sorted(n for n, _ in model.named_parameters()) if depth != 34 else [],
        # every fourth feature
        'training': rounded(trained[:, ::4]), 'evaluation': rounded(evaluated[:, ::4]),
    }
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(out) + '\n')
