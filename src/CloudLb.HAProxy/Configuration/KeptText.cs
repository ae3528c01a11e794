using System.Text;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// A text that is kept for long and seldom read, in UTF-8: there are thousands of them, and a string takes twice as much.
/// </summary>
internal readonly struct KeptText(string text)
{
    private readonly byte[]? _bytes = Encoding.UTF8.GetBytes(text);

    /// <summary>Empty where nothing is kept.</summary>
    public override string ToString() => _bytes is null ? "" : Encoding.UTF8.GetString(_bytes);
}
