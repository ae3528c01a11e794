using System.Buffers;

namespace CloudLb.HAProxy.Naming;

/// <summary>What HAProxy takes as a name: <c>A-Za-z0-9-_.:</c>, at least one of them (2.6 to 3.4).</summary>
internal static class Name
{
    private const int MaximumLength = 255;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    /// <summary>The name as it came, or an <see cref="UnwritableValueException"/>.</summary>
    public static string Checked(string name) =>
        name.Length is > 0 and <= MaximumLength && !name.AsSpan().ContainsAnyExcept(Allowed)
            ? name
            : throw new UnwritableValueException(name, "is not a name that HAProxy takes (1 to 255 letters, digits and -_.:)");
}
