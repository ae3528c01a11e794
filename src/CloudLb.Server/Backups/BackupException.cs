namespace CloudLb.Server.Backups;

/// <summary>A backup cannot be used; the message goes on after the file's name.</summary>
internal sealed class BackupException(string message) : Exception(message)
{
    public static BackupException None => new("is no backup of CloudLb.");

    public static BackupException Damaged => new("is damaged: what is in it is not what its manifest says.");

    public static BackupException Cut => new("is damaged: it ends too soon.");
}
