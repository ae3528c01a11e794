using System.Security.Cryptography;
using System.Text;

namespace CloudLb.Cli.Members;

/// <summary>A part of cloud-init's multi-part user data.</summary>
/// <param name="Type">As <c>text/cloud-config</c>.</param>
/// <param name="Name">Letters, digits, dots and hyphens.</param>
/// <param name="Text">What stands in it.</param>
internal sealed record MimePart(string Type, string Name, string Text)
{
    /// <summary>Lists of several parts are joined: by default the last part's list is all that is left.</summary>
    private const string Merging = "list(append)+dict(no_replace,recurse_list)+str()";

    /// <summary>User data as somebody wrote it, of the type that its first line tells; null for another.</summary>
    public static MimePart? Of(string name, string text) =>
        text.StartsWith("#cloud-config", StringComparison.Ordinal) ? new("text/cloud-config", name, text)
        : text.StartsWith("#!", StringComparison.Ordinal) ? new("text/x-shellscript", name, text)
        : null;

    public static string Join(IEnumerable<MimePart> parts)
    {
        // In no part, as all of them are encoded.
        var boundary = $"=={RandomNumberGenerator.GetHexString(32, lowercase: true)}==";
        var text = new StringBuilder($"Content-Type: multipart/mixed; boundary=\"{boundary}\"\nMIME-Version: 1.0\n\n");
        foreach (var part in parts)
        {
            text.Append($"--{boundary}\nContent-Type: {part.Type}; charset=\"utf-8\"\nMIME-Version: 1.0\n")
                .Append($"Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\"{part.Name}\"\n")
                .Append(part.Type == "text/cloud-config" ? $"Merge-Type: {Merging}\n" : "")
                .Append($"\n{Encoded(part.Text)}\n");
        }

        return text.Append($"--{boundary}--\n").ToString();
    }

    private static string Encoded(string text) => Convert
        .ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks)
        .ReplaceLineEndings("\n");
}
