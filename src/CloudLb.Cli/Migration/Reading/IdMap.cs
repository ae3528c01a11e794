namespace CloudLb.Cli.Migration.Reading;

/// <summary>What stands here for ids, ARNs and names of the source.</summary>
internal static class IdMap
{
    /// <exception cref="CommandException">One is not of the form, or is there twice.</exception>
    public static IReadOnlyDictionary<string, string> Read(IEnumerable<string> pairs)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var parts = pair.Split('=', 2);
            if (parts is not [{ Length: > 0 } old, { Length: > 0 } other] || !map.TryAdd(old, other))
            {
                throw new CommandException($"'{pair}' is not OLD=NEW, or there is another for the same.", ExitCodes.WrongUse);
            }
        }

        return map;
    }
}
