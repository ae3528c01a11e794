namespace CloudLb.Server.Settings;

/// <summary>What a CloudLb is told by files that do not stand in its data directory, and so go another way than what it keeps.</summary>
internal static class FilesElsewhereExtensions
{
    public static IReadOnlyList<string> FilesElsewhere(this CloudLbSettings settings)
    {
        var below = $"{settings.DataDirectory}/";
        return
        [
            .. SettingSources.FilesOf(settings.DataDirectory)
                .Concat(new[] { settings.Server.CertificateFile, settings.Server.CertificateKeyFile, settings.InventoryFile }
                    .OfType<string>().Select(Path.GetFullPath).Where(File.Exists))
                .Where(file => !file.StartsWith(below, StringComparison.Ordinal)).Distinct(),
        ];
    }
}
