using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Members;

/// <summary>A line that a process sends to the health socket.</summary>
/// <param name="Member">Of whom it speaks.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Passes">With <see cref="HealthEventKind.Passed"/>: how many in a row.</param>
/// <param name="IsUp">Whether the process has it up, after what happened.</param>
internal readonly record struct HealthEvent(MemberName Member, HealthEventKind Kind, int Passes, bool IsUp)
{
    // "backup" comes before "server" where an operator's template has made it one.
    private const string Check = "Health check for server ", BackupCheck = "Health check for backup server ", Backup = "Backup ";
    private const string Server = "Server ";
    private const string Status = "status: ";

    /// <summary>Reads lines as 2.6 to 3.4 send them; false for those that say nothing about one server's checks.</summary>
    public static bool TryParse(string line, out HealthEvent told)
    {
        told = default;
        line = line.StartsWith(BackupCheck, StringComparison.Ordinal) ? Check + line[BackupCheck.Length..]
            : line.StartsWith(Backup, StringComparison.Ordinal) ? line[Backup.Length..] : line;
        if (line.StartsWith(Check, StringComparison.Ordinal))
        {
            var (name, rest) = Split(line[Check.Length..]);
            var passed = rest.StartsWith("succeeded", StringComparison.Ordinal);
            if (!MemberName.TryParse(name, out var member) || (!passed && !rest.StartsWith("failed", StringComparison.Ordinal)))
            {
                return false;
            }

            told = new(
                member, passed ? HealthEventKind.Passed : HealthEventKind.Failed, PassesIn(rest),
                rest.AsSpan().TrimEnd(".\n").EndsWith(" UP"));
            return true;
        }

        if (line.StartsWith(Server, StringComparison.Ordinal))
        {
            var (name, rest) = Split(line[Server.Length..]);

            // "is UP/READY (leaving forced maintenance)" is our own command's echo and no check's result.
            HealthEventKind? kind = Says(rest, "is UP") ? HealthEventKind.Up : Says(rest, "is DOWN") ? HealthEventKind.Down : null;
            told = MemberName.TryParse(name, out var member) && kind is not null
                ? new(member, kind.Value, 0, kind == HealthEventKind.Up)
                : default;
            return told != default;
        }

        return false;
    }

    private static (string Name, string Words) Split(string text)
    {
        var blank = text.IndexOf(' ');
        return blank < 0 ? (text, "") : (text[..blank], text[(blank + 1)..]);
    }

    private static bool Says(string rest, string words) =>
        rest.StartsWith(words, StringComparison.Ordinal) && rest.Length > words.Length && rest[words.Length] is '.' or ',';

    private static int PassesIn(string rest)
    {
        var start = rest.LastIndexOf(Status, StringComparison.Ordinal) + Status.Length;
        var slash = start < Status.Length ? -1 : rest.IndexOf('/', start);
        return slash > 0 && int.TryParse(rest.AsSpan(start, slash - start), out var passes) ? passes : 0;
    }
}
