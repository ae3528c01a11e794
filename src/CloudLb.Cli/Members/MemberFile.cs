namespace CloudLb.Cli.Members;

/// <summary>A file of a member machine, root's own.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Mode">In octal digits, as <c>0600</c>.</param>
/// <param name="Text">What stands in it.</param>
internal sealed record MemberFile(string Path, string Mode, string Text)
{
    public const string SettingsPath = "/etc/cloudlb/member.conf", CertificatesPath = "/etc/cloudlb/member-ca.pem";

    public const string ScriptPath = "/usr/local/sbin/clb-register", UnregisterPath = "/usr/local/sbin/clb-unregister";

    public const string Unit = "cloudlb-member.service";
}
