namespace CloudLb.Cli.Migration.Planning;

/// <summary>Words that nothing else has, each in the place of a secret that whoever runs a script has to give.</summary>
internal sealed class ClientSecretMarks
{
    private readonly Dictionary<string, string> _marks = new(StringComparer.Ordinal);

    /// <summary>The ids of the clients at their providers, and the word for the secret of each.</summary>
    public IReadOnlyDictionary<string, string> All => _marks;

    public string Of(string client)
    {
        if (!_marks.TryGetValue(client, out var mark))
        {
            mark = Guid.NewGuid().ToString("N");
            _marks[client] = mark;
        }

        return mark;
    }
}
