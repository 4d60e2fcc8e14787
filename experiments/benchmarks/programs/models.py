# The peers' models, with the names of our parameters.

import timm
import torch
import torchvision
from torch import nn
from torch.nn import functional as F


class SmallConv(nn.Module):
    def __init__(self, width=192):
        super().__init__()
        sizes = [3, width // 4, width // 2, width, width]
        for i in range(1, 5):
            setattr(self, f'conv{i}', nn.Conv2d(sizes[i - 1], sizes[i], 3, stride=2 if i < 4 else 1, padding=1, bias=False))
            setattr(self, f'bn{i}', nn.BatchNorm2d(sizes[i]))
        self.width = width

    def forward(self, x):
        for i in range(1, 4):
            x = F.relu(getattr(self, f'bn{i}')(getattr(self, f'conv{i}')(x)))
        x = F.relu(x + self.bn4(self.conv4(x)))
        return x.mean((2, 3))


def resnet18():
    model = torchvision.models.resnet18()
    model.conv1 = nn.Conv2d(3, 64, 3, padding=1, bias=False)
    model.maxpool = nn.Identity()
    model.fc = nn.Identity()
    model.width = 512
    return model


def vit():
    """timm's Vision Transformer of width 192, 3 heads, 6 layers, on 64 patches of 4x4 pixels, with the mean of all tokens."""
    model = timm.models.vision_transformer.VisionTransformer(
        img_size=32, patch_size=4, embed_dim=192, depth=6, num_heads=3, class_token=False, global_pool='avg', num_classes=0)
    model.width = 192
    return model


class Mlp(nn.Module):
    """Linear, BatchNorm, ReLU, …, linear."""

    def __init__(self, widths):
        super().__init__()
        self.layers = len(widths) - 1
        for i in range(1, self.layers + 1):
            setattr(self, f'linear{i}', nn.Linear(widths[i - 1], widths[i], bias=i == self.layers))
            if i < self.layers:
                setattr(self, f'bn{i}', nn.BatchNorm1d(widths[i]))

    def forward(self, x):
        for i in range(1, self.layers):
            x = F.relu(getattr(self, f'bn{i}')(getattr(self, f'linear{i}')(x)))
        return getattr(self, f'linear{self.layers}')(x)


class NtXent(nn.Module):
    def __init__(self, temperature):
        super().__init__()
        self.temperature = temperature

    def forward(self, z):
        z = F.normalize(z)
        n = len(z) // 2
        logits = (z @ z.T / self.temperature).fill_diagonal_(float('-inf'))
        return F.cross_entropy(logits, torch.arange(2 * n).roll(n))


class Simclr(nn.Module):
    def __init__(self, backbone, projector, temperature):
        super().__init__()
        self.backbone, self.projector, self.loss = backbone, Mlp([backbone.width, *projector]), NtXent(temperature)

    def forward(self, batch):
        return self.loss(self.projector(self.backbone(torch.cat([batch['first'], batch['second']]))))


class Classifier(nn.Module):
    def __init__(self, backbone, classes):
        super().__init__()
        self.backbone, self.head = backbone, nn.Linear(backbone.width, classes)

    def forward(self, batch):
        return F.cross_entropy(self.head(self.backbone(batch['images'])), batch['labels'])


def model(case, settings):
    backbone = {'smallConv': SmallConv, 'resnet18': resnet18, 'vit': vit}[case['encoder']]()
    if case['objective'] == 'simclr':
        return Simclr(backbone, settings['projector'][case['encoder']], settings['temperature'])
    return Classifier(backbone, settings['classes'])
