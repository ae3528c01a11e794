using System.Security.Cryptography;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Nginx.Files;

/// <summary>Where everything is on disk: a directory for each load balancer, whose nginx has it for its prefix.</summary>
internal sealed class NginxDirectory(string dataDirectory)
{
    private const int NameLength = 20;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Root { get; } = RootIn(dataDirectory);

    /// <summary>Those that are there, whoever left them.</summary>
    public IReadOnlyList<string> All => Directory.Exists(Root) ? Directory.GetDirectories(Root) : [];

    public static string RootIn(string dataDirectory) => Path.Combine(Path.GetFullPath(dataDirectory), "nginx");

    /// <summary>A name cannot hold a path, so that it is made of a hash.</summary>
    public string Of(LoadBalancerId id) => Path.Combine(
        Root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id.Kind}/{id}")))[..NameLength]);

    /// <summary>Replaces a file: a reader finds the old text or the new one.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly);
        var temporary = path + ".tmp";
        using (var file = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>The text of a file; null where there is none.</summary>
    public static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
