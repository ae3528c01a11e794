namespace CloudLb.Cli;

/// <summary>What the commands ask of the executable that hosts them.</summary>
public interface IExecutable
{
    /// <summary>The settings that can be given on the command line, as they are spelled there: <c>HAProxy:Mode</c>.</summary>
    IReadOnlyList<string> SettingNames { get; }

    /// <summary>Runs the server in the foreground until it is told to stop. Returns the exit code.</summary>
    /// <param name="settings">Settings from the command line, each as <c>--Name=value</c>.</param>
    Task<int> ServeAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken);

    /// <summary>
    /// The settings in force. Throws <see cref="CommandException"/> with every fault, and when they speak of an ephemeral server and there
    /// is none.
    /// </summary>
    /// <param name="settings">Settings from the command line, each as <c>--Name=value</c>.</param>
    EffectiveSettings ReadSettings(IReadOnlyList<string> settings);

    /// <summary>The settings in force, for whoever only looks at them. Throws <see cref="CommandException"/> with every fault.</summary>
    /// <param name="settings">Settings from the command line, each as <c>--Name=value</c>.</param>
    EffectiveSettings CheckSettings(IReadOnlyList<string> settings);

    /// <summary>The control socket of the ephemeral server that is this process; null while it is not ready.</summary>
    string? FindEphemeral(int processId);

    /// <summary>Removes what an ephemeral server has left that was killed, in this directory and in any other.</summary>
    Task SweepAsync(string directory, CancellationToken cancellationToken);

    /// <summary>
    /// Changes addresses of this machine for the server until it is ended. Throws <see cref="CommandException"/> when it cannot begin.
    /// </summary>
    /// <param name="file">The settings that it goes by.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task HoldAddressesAsync(string file, CancellationToken cancellationToken);

    /// <summary>
    /// Has the next start on this data directory take whatever database it finds. Throws <see cref="CommandException"/> where that cannot
    /// be written down.
    /// </summary>
    void AcceptDatabase(string dataDirectory);

    /// <summary>
    /// Writes what the data directory keeps into one file, whether a server runs there or not. Throws <see cref="CommandException"/> when
    /// that cannot be done, and the file is then as it was.
    /// </summary>
    /// <param name="settings">Settings from the command line, each as <c>--Name=value</c>.</param>
    BackupReport Backup(IReadOnlyList<string> settings, string file);

    /// <summary>
    /// Puts what such a file has into a data directory that no server uses. Throws <see cref="CommandException"/> when that cannot be done.
    /// </summary>
    /// <param name="settings">Settings from the command line, each as <c>--Name=value</c>.</param>
    /// <param name="replaces">Whether what is there may be set aside.</param>
    RestoreReport Restore(IReadOnlyList<string> settings, string file, bool replaces);
}
