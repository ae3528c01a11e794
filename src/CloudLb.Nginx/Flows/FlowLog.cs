using System.Globalization;
using System.Text.Json;
using CloudLb.Core;
using CloudLb.Nginx.Configuration;
using CloudLb.Nginx.Files;

namespace CloudLb.Nginx.Flows;

/// <summary>Adds up what an nginx writes down of flows that have ended. One caller at a time.</summary>
internal sealed class FlowLog(string directory)
{
    /// <summary>The file is set aside then, and a new one begun.</summary>
    private const long LongestFile = 1 << 20;

    private const int LongestRead = 4 << 20;

    private FlowTotals? _totals;

    private string Current => Path.Combine(directory, StreamConfiguration.FlowLog);

    private string Former => Current + ".former";

    private string TotalsFile => Path.Combine(directory, "flows.json");

    /// <summary>Reads what has come since.</summary>
    /// <param name="reopen">Has nginx begin a new file.</param>
    public FlowTotals Read(Action reopen)
    {
        var before = _totals ??= Load();
        var totals = File.Exists(Former)
            ? Add(before, Former, before.FormerPosition, isFormer: true)
            : before with { FormerPosition = 0 };
        totals = Add(totals, Current, totals.Position, isFormer: false);
        if (totals != before)
        {
            Keep(totals);
        }

        SetAside(before, totals, reopen);
        return totals;
    }

    /// <summary>Counts flows that have ended without leaving a line.</summary>
    public void AddLost(long flows)
    {
        if (flows > 0)
        {
            var totals = _totals ?? Load();
            Keep(totals with { Flows = totals.Flows + flows });
        }
    }

    /// <summary>
    /// nginx may write to the one that was set aside until it has begun the next one: it goes when nothing has come to it between two
    /// looks.
    /// </summary>
    private void SetAside(FlowTotals before, FlowTotals totals, Action reopen)
    {
        if (File.Exists(Former))
        {
            if (totals.FormerPosition == before.FormerPosition)
            {
                File.Delete(Former);
            }
        }
        else if (totals.Position > LongestFile)
        {
            File.Move(Current, Former);
            Keep(totals with { Position = 0, FormerPosition = totals.Position });
            reopen();
        }
    }

    /// <summary>On a full disk they are known in memory alone, and what the file says is what was read of the flows up to then.</summary>
    private void Keep(FlowTotals totals)
    {
        _totals = totals;
        try
        {
            NginxDirectory.Write(TotalsFile, JsonSerializer.Serialize(totals), isForDiskAlone: true);
        }
        catch (IOException exception) when (FullDisk.IsTheCause(exception))
        {
            // Written with the next flow that ends when there is room.
        }
    }

    /// <summary>As it was left; one that was set aside in the last instant has been read as far as the other says.</summary>
    private FlowTotals Load()
    {
        var totals = Parse(NginxDirectory.Read(TotalsFile));
        return totals.FormerPosition == 0 && File.Exists(Former)
            ? totals with { FormerPosition = totals.Position, Position = 0 }
            : totals;
    }

    private static FlowTotals Parse(string? text)
    {
        try
        {
            return (text is null ? null : JsonSerializer.Deserialize<FlowTotals>(text)) ?? new(0, 0, 0, 0);
        }
        catch (JsonException)
        {
            return new(0, 0, 0, 0);
        }
    }

    private static FlowTotals Add(FlowTotals totals, string path, long position, bool isFormer)
    {
        if (!File.Exists(path))
        {
            return totals;
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var (start, flows, bytes) = (RandomAccess.GetLength(file) < position ? 0 : position, totals.Flows, totals.Bytes);
        var buffer = new byte[Math.Min(LongestRead, RandomAccess.GetLength(file) - start)];
        var read = buffer.AsSpan(0, RandomAccess.Read(file, buffer, start));
        var whole = read[..(read.LastIndexOf((byte)'\n') + 1)];
        foreach (var range in whole.Split((byte)'\n'))
        {
            var line = whole[range];
            if (line.IndexOf((byte)' ') is > 0 and var blank
                && long.TryParse(line[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var received)
                && long.TryParse(line[(blank + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var sent))
            {
                (flows, bytes) = (flows + 1, bytes + received + sent);
            }
        }

        var next = totals with { Flows = flows, Bytes = bytes };
        return isFormer ? next with { FormerPosition = start + whole.Length } : next with { Position = start + whole.Length };
    }
}
