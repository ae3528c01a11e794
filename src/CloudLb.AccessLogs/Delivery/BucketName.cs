using System.Buffers;

namespace CloudLb.AccessLogs.Delivery;

/// <summary>What can be a bucket's name: S3's rules, those of its early years included.</summary>
internal static class BucketName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static bool IsValid(string name) =>
        name.Length is >= 3 and <= 255
            && !name.AsSpan().ContainsAnyExcept(Allowed)
            && char.IsAsciiLetterOrDigit(name[0])
            && !name.Contains("..", StringComparison.Ordinal);
}
