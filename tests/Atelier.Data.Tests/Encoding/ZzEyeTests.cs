
using Atelier.Data.Pictures;
namespace Atelier.Data.Tests.Pictures;
public sealed class ZzEyeTests
{
    [Fact]
    public void Eye()
    {
        var images = new byte[30 * 3 * 32 * 32];
        for (var n = 0; n < 30; n++) for (var c = 0; c < 3; c++) for (var y = 0; y < 32; y++) for (var x = 0; x < 32; x++)
            images[(((n * 3) + c) * 32 + y) * 32 + x] = (byte)(c == 0 ? n * 8 : c == 1 ? y * 8 : x * 8);
        var grid = ImageGrid.Compose(images, 3, 32, 32, new() { Rows = 5, Columns = 6, RowLabels = ["T-shirt/top", "Ankle boot", "gjpqy {|} ~#@&", "0123456789 $%*", "The quick brown fox jumps"] });
        PngWriter.Write("/tmp/st/grid.png", grid, new Dictionary<string, string> { ["Software"] = "Atelier" });
        ApngWriter.Write("/tmp/st/anim.png", [grid, ImageGrid.Compose(images, 3, 32, 32, new() { Rows = 5, Columns = 6, Background = 20, RowLabels = ["T-shirt/top", "Ankle boot", "gjpqy {|} ~#@&", "0123456789 $%*", "The quick brown fox jumps"] })], 500);
    }
}
