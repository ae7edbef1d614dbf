using System.Text;
using Atelier.Data.Pictures;
using Atelier.IO;

namespace Atelier.Data.Charts;

/// <summary>Writes a chart as a picture, whole or not at all.</summary>
public static class ChartWriter
{
    /// <summary>As pixels.</summary>
    /// <exception cref="AtelierException">Numbers that no axis can show (Bug), or the disk
    /// (Disk).</exception>
    public static void WritePng(string path, Chart chart)
    {
        var surface = new RasterSurface(ChartPainter.Width, ChartPainter.Height);
        new ChartPainter(chart, surface).Draw();
        PngWriter.Write(path, surface.ToImage());
    }

    /// <summary>As vectors: text that a browser shows at any size.</summary>
    /// <exception cref="AtelierException">Numbers that no axis can show (Bug), or the disk
    /// (Disk).</exception>
    public static void WriteSvg(string path, Chart chart)
    {
        var surface = new SvgSurface(ChartPainter.Width, ChartPainter.Height, chart.Title);
        new ChartPainter(chart, surface).Draw();
        var bytes = Encoding.UTF8.GetBytes(surface.ToDocument());
        AtomicFile.Write(path, stream => stream.Write(bytes), bytes.Length);
    }
}
