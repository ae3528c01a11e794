using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace CloudLb.Core.Inventory;

/// <summary>Keeps the inventory file's content in memory and reads it again when its time or size is another.</summary>
public sealed partial class InventoryFileReader(string path, ILogger<InventoryFileReader> logger)
{
    private readonly Lock _reading = new();
    private (DateTime Written, long Length)? _seen;
    private string? _toldFault;

    public string Path => path;

    /// <summary>What the last readable version of the file said.</summary>
    public InventoryContent Content { get; private set; } = InventoryContent.Empty;

    public FrozenDictionary<string, InventoryInstance> Instances => Content.Instances;

    /// <summary>
    /// The first reading, at start: throws <see cref="InventoryFileException"/> when the file is there and cannot be used.
    /// </summary>
    public void ReadAtStart()
    {
        var stamp = Stamp();
        if (stamp is not null)
        {
            Content = InventoryFile.Parse(Bytes(), path);
        }

        _seen = stamp;
    }

    /// <summary>Reads the file if it changed. One that cannot be used is told once, and what was known before stays in force.</summary>
    /// <returns>Whether <see cref="Content"/> was replaced.</returns>
    public bool ReadIfChanged()
    {
        lock (_reading)
        {
            var stamp = Stamp();
            if (stamp == _seen)
            {
                return false;
            }

            try
            {
                // Seen once it could be read: what keeps a file from being read can go without the file's time changing.
                var content = stamp is null ? null : Bytes();
                _seen = stamp;
                Content = content is null ? InventoryContent.Empty : InventoryFile.Parse(content, path);
                _toldFault = null;
                Log.Read(logger, path, Content.Instances.Count, Content.Subnets.Count, Content.SecurityGroups.Count);
                return true;
            }
            catch (InventoryFileException exception)
            {
                TellOnce(exception.Message);
                return false;
            }
        }
    }

    private (DateTime Written, long Length)? Stamp()
    {
        var info = new FileInfo(path);
        return info.Exists ? (info.LastWriteTimeUtc, info.Length) : null;
    }

    private byte[] Bytes()
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InventoryFileException($"{path} cannot be read: {exception.Message}");
        }
    }

    private void TellOnce(string fault)
    {
        if (fault != _toldFault)
        {
            _toldFault = fault;
            Log.Unusable(logger, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            4103, LogLevel.Information, "Read {Path}: {Instances} instances, {Subnets} subnets, {SecurityGroups} security groups")]
        public static partial void Read(ILogger logger, string path, int instances, int subnets, int securityGroups);

        [LoggerMessage(4104, LogLevel.Error, "{Reason} What was known before stays in force")]
        public static partial void Unusable(ILogger logger, string reason);
    }
}
