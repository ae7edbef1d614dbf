"""InceptionV3 in FID's form through PyTorch as a Python program writes it: the twin of Atelier.Bench features."""

import sys
import time

import torch
import torch.nn.functional as F
from torchvision.models import inception

BATCH = 8


class BlockA(inception.InceptionA):
    def _forward(self, x):
        return [
            self.branch1x1(x),
            self.branch5x5_2(self.branch5x5_1(x)),
            self.branch3x3dbl_3(self.branch3x3dbl_2(self.branch3x3dbl_1(x))),
            self.branch_pool(F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)),
        ]


class BlockC(inception.InceptionC):
    def _forward(self, x):
        double = self.branch7x7dbl_3(self.branch7x7dbl_2(self.branch7x7dbl_1(x)))
        return [
            self.branch1x1(x),
            self.branch7x7_3(self.branch7x7_2(self.branch7x7_1(x))),
            self.branch7x7dbl_5(self.branch7x7dbl_4(double)),
            self.branch_pool(F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)),
        ]


class BlockE(inception.InceptionE):
    takes_largest = False

    def _forward(self, x):
        single = self.branch3x3_1(x)
        double = self.branch3x3dbl_2(self.branch3x3dbl_1(x))
        pooled = (F.max_pool2d(x, 3, 1, 1) if self.takes_largest
                  else F.avg_pool2d(x, 3, 1, 1, count_include_pad=False))
        return [
            self.branch1x1(x),
            torch.cat([self.branch3x3_2a(single), self.branch3x3_2b(single)], 1),
            torch.cat([self.branch3x3dbl_3a(double), self.branch3x3dbl_3b(double)], 1),
            self.branch_pool(pooled),
        ]


class LastBlock(BlockE):
    takes_largest = True


def network():
    net = inception.Inception3(num_classes=1008, aux_logits=False, transform_input=False, init_weights=False)
    net.Mixed_5b = BlockA(192, 32)
    net.Mixed_5c = BlockA(256, 64)
    net.Mixed_5d = BlockA(288, 64)
    net.Mixed_6b = BlockC(768, 128)
    net.Mixed_6c = BlockC(768, 160)
    net.Mixed_6d = BlockC(768, 160)
    net.Mixed_6e = BlockC(768, 192)
    net.Mixed_7b = BlockE(1280)
    net.Mixed_7c = LastBlock(2048)
    return net.eval()


def main():
    torch.set_num_threads(int(sys.argv[2]))
    torch.manual_seed(0)
    net = network()
    images = torch.rand(BATCH, 3, 299, 299) * 2 - 1
    with torch.no_grad():
        net(images)
        wall, processor = [], []
        for _ in range(int(sys.argv[1])):
            start, used = time.perf_counter(), time.process_time()
            net(images)
            wall.append(time.perf_counter() - start)
            processor.append(time.process_time() - used)
    print(f"{BATCH / min(wall):.3f} {min(processor) / BATCH:.4f}")


main()
