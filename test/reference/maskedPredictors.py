# Losses and gradients of I-JEPA, data2vec and SdAE in torch, in float64, on weights, images and masks that both languages make alike; for test/methods/masked.
# Written from the formulas of facebookresearch/ijepa (src/train.py, src/models/vision_transformer.py), facebookresearch/data2vec_vision (beit/engine_for_cyclical.py, beit/modeling_cyclical.py)
# and AbrahamYabo/SdAE (engine_pretrain.py, models_mae.py, models_teacher.py), on timm's blocks. Each image goes through on its own, with the tokens that it keeps and no padding.
# Made with the versions that the JSON names. Run: python test/reference/maskedPredictors.py > test/reference/maskedPredictors.json

import json
import math
import sys
from functools import partial
from importlib.metadata import version

from hashed import hashed, rounded

sys.path.pop(0)   # this folder: timm would take its safetensors.py for the library
import torch
import torch.nn.functional as F
from lightly.models.utils import get_2d_sine_cosine_positional_embedding as positions_of
from timm.models.vision_transformer import Block, VisionTransformer
from torch import nn

n, side, d = 3, 4, 128
images = torch.from_numpy(hashed('images', (n, 16, 16, 3))).double().permute(0, 3, 1, 2)


def fill(model, owner):
    """Weights as a function of their names, large enough that the attention weights are far from equal."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            shape = tuple(parameter.shape)
            values = torch.from_numpy(hashed(f'{owner}.{name}', shape)).double()
            if len(shape) in (2, 4):
                values *= math.sqrt(6 / math.prod(shape[1:]))
            elif 'norm' in name and name.endswith('weight'):
                values = 1 + values / 2
            parameter.copy_(values)
    return model


def encoder(owner, class_token):
    model = VisionTransformer(img_size=16, patch_size=4, embed_dim=d, depth=4, num_heads=2, num_classes=0, class_token=class_token, global_pool='token' if class_token else 'avg').double()
    del model.pos_embed
    return fill(model, owner)


def encoded(model, image, kept=None, masked=None, mask_token=None):
    """Tokens after each block, and after the last norm: a class token first, where there is one."""
    x = model.patch_embed(image[None])
    if masked is not None:
        w = masked[:, None].double()
        x = x * (1 - w) + mask_token * w
    x = x + torch.from_numpy(positions_of(d, side, cls_token=False)).double()
    if kept is not None:
        x = x[:, kept]
    if model.cls_token is not None:
        x = torch.cat((model.cls_token, x), 1)
    layers = []
    for block in model.blocks:
        x = block(x)
        layers.append(x)
    return layers, (model.norm if model.cls_token is not None else model.fc_norm)(x)


class Decoder(nn.Module):
    def __init__(self, width, depth, heads):
        super().__init__()
        self.width = width
        self.embed, self.pred = nn.Linear(d, width), nn.Linear(width, d)
        self.mask_token = nn.Parameter(torch.zeros(1, 1, width))
        self.blocks = nn.ModuleList([Block(width, heads, qkv_bias=True, norm_layer=partial(nn.LayerNorm, eps=1e-6)) for _ in range(depth)])
        self.norm = nn.LayerNorm(width, eps=1e-6)

    def blocked(self, x):
        for block in self.blocks:
            x = block(x)
        return self.pred(self.norm(x))


class Predictor(Decoder):
    def forward(self, x, kept, places):
        """I-JEPA: context and the mask tokens of one target block."""
        positions = torch.from_numpy(positions_of(self.width, side, cls_token=False)).double()
        x = torch.cat((self.embed(x) + positions[kept], self.mask_token + positions[places]), 1)
        return self.blocked(x)[:, len(kept):]


class Restoring(Decoder):
    def forward(self, x, kept):
        """MAE and SdAE: all places in the image's order, mask tokens where nothing was kept, behind the class token."""
        positions = torch.from_numpy(positions_of(self.width, side, cls_token=True)).double()
        embedded = self.embed(x)
        rows = [self.mask_token[0, 0]] * side**2
        for i, place in enumerate(kept):
            rows[place] = embedded[0, 1 + i]
        x = torch.cat((embedded[:, :1], torch.stack(rows)[None]), 1) + positions
        return self.blocked(x)[:, 1:]


def gradients(loss, **owners):
    """Of each gradient its norm and at most 24 values, evenly spaced over the flattened tensor."""
    named = {f'{owner}.{name}' if name else owner: parameter for owner, part in owners.items() for name, parameter in (part.named_parameters() if isinstance(part, nn.Module) else [('', part)])}
    found = torch.autograd.grad(loss, list(named.values()), allow_unused=True)
    return {name: {'norm': g.norm().item(), 'values': rounded(g.flatten()[::-(-g.numel() // 24)])} for name, g in zip(named, found) if g is not None}


def i_jepa():
    student, teacher, predictor = encoder('student', False), encoder('teacher', False), fill(Predictor(32, 2, 2).double(), 'predictor')
    targets = [[[0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13]], [[5, 6, 9, 10], [1, 2, 5, 6], [4, 5, 8, 9]], [[10, 11, 14, 15], [9, 10, 13, 14], [8, 9, 12, 13]]]
    kept = [[10, 11, 14, 15], [0, 3, 7, 11, 12, 13, 14], [0, 1, 2, 3, 5, 6]]
    z, h = [], []
    for image, context, blocks in zip(images, kept, targets):
        whole = F.layer_norm(encoded(teacher, image)[1], (d,)).detach()
        known = encoded(student, image, context)[1]
        for block in blocks:
            h.append(whole[:, block])
            z.append(predictor(known, context, block))
    z, h = torch.cat(z), torch.cat(h)
    loss = F.smooth_l1_loss(z, h)
    return {'kept': kept, 'targets': targets, 'loss': loss.item(), 'squared': F.mse_loss(z, h).item(), 'gradients': gradients(loss, backbone=student, predictor=predictor)}


def data2vec():
    student, teacher, head = encoder('student', True), encoder('teacher', True), fill(nn.Linear(d, d).double(), 'head')
    mask_token = torch.from_numpy(hashed('mask_token', (1, 1, d))).double().requires_grad_()
    masked = torch.zeros(n, side**2)
    for i, places in enumerate([[0, 1, 2, 4, 5, 6, 8, 9], [5, 6, 7, 9, 10, 11, 12], [1, 2, 3, 6, 7, 10, 11, 14, 15]]):
        masked[i, places] = 1
    z, h = [], []
    for image, row in zip(images, masked):
        with torch.no_grad():
            layers = [F.layer_norm(layer[:, 1:], (d,)) for layer in encoded(teacher, image)[0][-2:]]
            target = F.layer_norm(sum(layers) / len(layers), (d,))
        z.append(head(encoded(student, image, masked=row, mask_token=mask_token)[1][:, 1:])[0][row.bool()])
        h.append(target[0][row.bool()])
    z, h = torch.cat(z), torch.cat(h)
    loss = F.smooth_l1_loss(z, h, beta=2.0)
    return {'masked': masked.int().tolist(), 'loss': loss.item(), 'squared': F.mse_loss(z, h).item(), 'gradients': gradients(loss, backbone=student, head=head, mask_token=mask_token)}


def sdae():
    student, teacher, decoder = encoder('student', True), encoder('teacher', True), fill(Restoring(32, 2, 2).double(), 'decoder')
    kept = [[0, 5, 10, 15], [1, 2, 4, 8], [3, 6, 7, 13]]
    folds = [[[1, 2, 3, 4], [6, 7, 8, 9], [11, 12, 13, 14]], [[15, 0, 6, 9], [14, 3, 7, 10], [13, 5, 12, 11]], [[0, 4, 8, 12], [1, 5, 9, 14], [2, 10, 11, 15]]]
    outputs, taught = [], []
    for image, visible, own in zip(images, kept, folds):
        prediction = decoder(encoded(student, image, visible)[1], visible)
        for fold in own:
            with torch.no_grad():
                target = encoded(teacher, image, fold)[1][:, 1:]
                taught.append((target - target.mean(-1, keepdim=True)) / (target.var(-1, keepdim=True) + 1e-6)**.5)
            outputs.append(prediction[:, fold])
    outputs, taught = torch.cat(outputs), torch.cat(taught)   # [n·folds, tokens, d]
    loss = 1 - F.cosine_similarity(taught, outputs).mean()    # along axis 1, the tokens: the default of torch that the authors' code leaves
    return {'kept': kept, 'targets': folds, 'loss': loss.item(), 'token': (1 - F.cosine_similarity(taught, outputs, dim=-1).mean()).item(), 'gradients': gradients(loss, backbone=student, decoder=decoder)}


def pieces():
    """Of the losses: their distances and how their targets are standardized."""
    a, b = (torch.from_numpy(hashed(name, (2, 3, 5), 3)).double() for name in 'ab')
    return {'smoothL1': {beta: F.smooth_l1_loss(a, b, beta=beta).item() for beta in (0.5, 1.0, 2.0)}, 'squared': F.mse_loss(a, b).item(), 'layerNorm': rounded(F.layer_norm(a, (5,))),
            'unbiased': rounded((a - a.mean(-1, keepdim=True)) / (a.var(-1, keepdim=True) + 1e-6)**.5)}


if __name__ == '__main__':
    print(json.dumps({'versions': {name: version(name) for name in ('torch', 'timm', 'lightly', 'numpy')}, 'pieces': pieces(), 'iJepa': i_jepa(), 'data2vec': data2vec(), 'sdae': sdae()}))
