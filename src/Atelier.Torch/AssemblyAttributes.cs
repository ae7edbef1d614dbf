using System.Runtime.CompilerServices;

[module: SkipLocalsInit]
[assembly: DisableRuntimeMarshalling]
[assembly: InternalsVisibleTo("Atelier.Torch.Tests")]
