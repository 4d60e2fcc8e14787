# What fine-tuning is made of, in torch, timm, scipy and MAE's code: cross-entropy of soft labels, mixup's labels, cutmix's boxes, quantiles of Beta(α, α), the learning rate's factor of each parameter.
# Made with the versions that the JSON names; MAE's util/lr_decay.py (facebookresearch/mae at efb2a80) is read from the folder that is given.
# Run: python test/reference/fineTune.py path/to/mae > test/reference/fineTune.json
import importlib.util
import json
import sys
from importlib.metadata import version
from unittest import mock

import numpy as np

from hashed import hashed, rounded

sys.path.pop(0)   # this folder: timm would take its safetensors.py for the library
import torch
import torch.nn.functional as F
from scipy.stats import beta
from timm.data.mixup import cutmix_bbox_and_lam, mixup_target
from timm.models.vision_transformer import VisionTransformer

n, k = 6, 5
labels = torch.tensor([3, 0, 1, 4, 2, 0])
mixed = {str(kept): rounded(mixup_target(labels, k, kept, 0.0).numpy()) for kept in (0.25, 0.875)}


def soft(smoothing):
    logits = torch.from_numpy(hashed('logits', (n, k), 4)).double().requires_grad_()
    shares = mixup_target(labels, k, 0.25, 0.0).double()
    loss = F.cross_entropy(logits, shares, label_smoothing=smoothing)
    other = torch.sum(-mixup_target(labels, k, 0.25, smoothing).double() * F.log_softmax(logits, -1), -1).mean()   # timm: labels are smoothed before they are mixed
    return {'smoothing': smoothing, 'loss': loss.item(), 'timm': other.item(), 'gradient': rounded(torch.autograd.grad(loss, logits)[0].numpy())}


def box(h, w, kept, y, x):
    with mock.patch('numpy.random.randint', side_effect=[y, x]):
        (top, bottom, left, right), corrected = cutmix_bbox_and_lam((n, 3, h, w), kept)
    return {'image': [h, w], 'kept': kept, 'center': [y, x], 'box': [int(v) for v in (top, bottom, left, right)], 'corrected': float(corrected)}


boxes = [box(*case) for case in [(32, 32, 0.3, 16, 16), (32, 32, 0.3, 2, 30), (16, 24, 0.6, 15, 0), (7, 9, 0.45, 3, 4), (8, 8, 0.999, 4, 4), (8, 8, 0.001, 4, 4), (224, 224, 0.7, 100, 223)]]

shares = [i / 10 for i in range(1, 10)]
quantiles = [{'alpha': alpha, 'quantiles': rounded(beta.ppf(shares, alpha, alpha))} for alpha in (0.2, 0.8, 1, 3)]

spec = importlib.util.spec_from_file_location('lr_decay', f'{sys.argv[1]}/util/lr_decay.py')
lr_decay = importlib.util.module_from_spec(spec)
spec.loader.exec_module(lr_decay)
decay, weight_decay, depth = 0.65, 0.05, 4
vit = VisionTransformer(img_size=16, patch_size=4, embed_dim=128, depth=depth, num_heads=2, num_classes=k)
names = {id(p): name for name, p in vit.named_parameters()}
groups = lr_decay.param_groups_lrd(vit, weight_decay, vit.no_weight_decay(), decay)
parameters = {names[id(p)]: [group['lr_scale'], group['weight_decay'] / weight_decay] for group in groups for p in group['params']}

print(json.dumps({'versions': {name: version(name) for name in ('torch', 'timm', 'scipy', 'numpy')}, 'labels': labels.tolist(), 'classes': k, 'mixed': mixed, 'soft': [soft(0), soft(0.1)],
                  'boxes': boxes, 'shares': shares, 'beta': quantiles, 'layerDecay': {'decay': decay, 'depth': depth, 'parameters': parameters}}))
