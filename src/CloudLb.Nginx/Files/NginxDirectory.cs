using System.Security.Cryptography;
using System.Text;
using CloudLb.Core;
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

    /// <summary>Replaces a file; where the disk is full it is in memory.</summary>
    /// <param name="path">Which.</param>
    /// <param name="text">The whole new text.</param>
    /// <param name="isForDiskAlone">Whether it fails where the disk is full.</param>
    public static void Write(string path, string text, bool isForDiskAlone = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly);
        ReplacedFile.Write(path, temporary => WriteNew(temporary, text), isForDiskAlone);
    }

    /// <summary>Removes a load balancer's directory, and what stands in memory for it.</summary>
    public static void Remove(string directory)
    {
        foreach (var file in Directory.EnumerateFiles(directory).Select(path => new FileInfo(path)))
        {
            if (file.LinkTarget is { } inMemory)
            {
                File.Delete(inMemory);
            }
        }

        Directory.Delete(directory, recursive: true);
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

    private static void WriteNew(string path, string text)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(Encoding.UTF8.GetBytes(text));
    }
}
