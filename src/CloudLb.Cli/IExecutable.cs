namespace CloudLb.Cli;

/// <summary>What the commands ask of the executable that hosts them.</summary>
public interface IExecutable
{
    /// <summary>Runs the server in the foreground until it is told to stop. Returns the exit code.</summary>
    /// <param name="settings">Settings from the command line, each as <c>--Name=value</c>.</param>
    Task<int> ServeAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken);

    /// <summary>The settings in force. Throws <see cref="CommandException"/> with every fault.</summary>
    /// <param name="settings">Settings from the command line, each as <c>--Name=value</c>.</param>
    EffectiveSettings ReadSettings(IReadOnlyList<string> settings);

    /// <summary>Has the next start on this data directory take whatever database it finds. Throws <see cref="CommandException"/> where that cannot be written down.</summary>
    void AcceptDatabase(string dataDirectory);
}
