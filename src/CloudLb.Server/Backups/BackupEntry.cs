namespace CloudLb.Server.Backups;

/// <summary>A file in a backup.</summary>
/// <param name="Name">One of <see cref="BackedUpFile.All"/>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Of its content, in hexadecimal digits.</param>
internal sealed record BackupEntry(string Name, long Length, string Sha256);
