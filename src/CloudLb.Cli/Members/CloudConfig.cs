using System.IO.Compression;
using System.Text;

namespace CloudLb.Cli.Members;

/// <summary>
/// A document for cloud-init, which makes a machine a member at its first start. What stands in files is encoded, so that no value can be
/// YAML; compressed, as a cloud may take no more than 16 KB.
/// </summary>
internal static class CloudConfig
{
    private static readonly string[][] Commands =
    [
        ["ln", "-sfn", MemberFile.ScriptPath, MemberFile.UnregisterPath],
        ["systemctl", "daemon-reload"],
        ["systemctl", "enable", "--now", "--no-block", MemberFile.Unit],
    ];

    /// <summary>All of it in one <c>cloud-config</c>.</summary>
    public static string Of(MemberSetup setup) =>
        $"{FilesOf(setup)}runcmd:\n{string.Concat(Commands.Select(command => $"- [{string.Join(", ", command)}]\n"))}";

    /// <summary>
    /// The same as several parts: files are written early, and what starts the unit runs last, beside whatever else there is.
    /// </summary>
    /// <param name="setup">What the machine is told.</param>
    /// <param name="others">User data that goes first.</param>
    public static string MultipartOf(MemberSetup setup, IEnumerable<MimePart> others) => MimePart.Join(
    [
        .. others,
        new("text/cloud-config", "cloudlb-member.cfg", FilesOf(setup)),
        new(
            "text/x-shellscript", "cloudlb-member.sh",
            $"#!/bin/sh\nset -e\n{string.Concat(Commands.Select(command => $"{string.Join(' ', command)}\n"))}"),
    ]);

    private static string FilesOf(MemberSetup setup)
    {
        var text = new StringBuilder("#cloud-config\nwrite_files:\n");
        foreach (var file in MemberFiles.Of(setup))
        {
            text.Append($"- path: {file.Path}\n  owner: root:root\n  permissions: '{file.Mode}'\n  encoding: gz+b64\n")
                .Append($"  content: {Compressed(file.Text)}\n");
        }

        return text.ToString();
    }

    private static string Compressed(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToBase64String(compressed.ToArray());
    }
}
