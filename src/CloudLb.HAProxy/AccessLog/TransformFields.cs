using CloudLb.Core.AccessLogs;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>
/// What came out of a rule's rewriting: <see cref="Configuration.RewriteLines"/> refuses what is no host, and what is no path.
/// </summary>
internal static class TransformFields
{
    /// <param name="host">Null where it is not rewritten.</param>
    /// <param name="target">The same, or where what came before it was refused.</param>
    public static AccessLogTransform? Read(string? host, string? target) => (host, target) switch
    {
        (null, null) => null,
        ({ } text, _) when text.Length == 0 || !text.All(IsOfHost) => new(null, null, "TransformInvalidHost"),
        (_, { } text) when !text.StartsWith('/') => new(null, null, "TransformInvalidPath"),
        _ => new(host, target, "TransformSuccess"),
    };

    private static bool IsOfHost(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or ':' or '[' or ']' or '-';
}
