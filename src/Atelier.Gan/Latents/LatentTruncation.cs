namespace Atelier.Gan;

/// <summary>What a truncation T does to latents.</summary>
public enum LatentTruncation
{
    /// <summary>Every component is redrawn until |z| &lt;= T (BigGAN paper, section 3.1).</summary>
    Redraw,

    /// <summary>
    /// Components are redrawn until |z| &lt;= 2 and then multiplied by T, as for the generators of TensorFlow
    /// Hub, whose statistics belong to latents of that kind; without truncation T is 1.
    /// </summary>
    Scale,
}
