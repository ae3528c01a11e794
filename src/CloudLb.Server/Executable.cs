using System.Net.Sockets;
using CloudLb.Cli;
using CloudLb.Core;
using CloudLb.Operator.Control;
using CloudLb.Server.Backups;
using CloudLb.Server.Ephemeral;
using CloudLb.Server.PoolAddresses;
using CloudLb.Server.Settings;
using CloudLb.Server.Startup;
using CloudLb.Storage.Sqlite;

namespace CloudLb.Server;

/// <summary>What the commands ask of this executable.</summary>
internal sealed class Executable : IExecutable
{
    public IReadOnlyList<string> SettingNames => SettingTree.Names;

    public async Task<int> ServeAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var read = Read(settings);
        if (EphemeralFault(read) is { } fault)
        {
            throw new CommandException(fault);
        }

        CoreDumps.Forbid();
        try
        {
            await using var server = await CloudLbServer.StartAsync(read, cancellationToken);
            Console.Out.WriteLine(ReadyMessage.Of(read, server.HasLoadBalancers));
            await server.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (StartException exception)
        {
            throw new CommandException(exception.Message);
        }
    }

    public async Task HoldAddressesAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await new AddressHolder(HolderSettings.Read(file), TimeProvider.System).RunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"No addresses can be held: {exception.Message}");
        }
    }

    public void AcceptDatabase(string dataDirectory)
    {
        // One that hangs may go on, and what was meant for this moment would count at some later start.
        if (DatabaseUse.IsElsewhere(dataDirectory))
        {
            throw new CommandException(
                $"CloudLb runs with {dataDirectory} and does not answer, so nothing was accepted. End it (systemctl kill --signal=KILL " +
                "cloudlb, or kill -9) if it stays like that.");
        }

        try
        {
            DatabaseAcceptance.Leave(dataDirectory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The database cannot be accepted: {exception.Message}");
        }
    }

    public BackupReport Backup(IReadOnlyList<string> settings, string file)
    {
        var read = ReadKept(settings, "backed up");
        if (Restoration.IsPending(read.DataDirectory))
        {
            throw new CommandException(
                $"A restore into {read.DataDirectory} was interrupted: start CloudLb, which finishes it, or restore again.");
        }

        try
        {
            var manifest = BackupWriter.Write(read.DataDirectory, file, TimeProvider.System);
            return new([.. manifest.Files.Select(entry => entry.Name)], read.FilesElsewhere());
        }
        catch (IOException exception) when (FullDisk.IsTheCause(exception))
        {
            throw NoBackup("the disk is full.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DatabaseRefusedException)
        {
            throw NoBackup(exception.Message);
        }

        CommandException NoBackup(string reason) =>
            new($"No backup was made, and what was at {Path.GetFullPath(file)} before is as it was: {reason}");
    }

    public RestoreReport Restore(IReadOnlyList<string> settings, string file, bool replaces)
    {
        var read = ReadKept(settings, "restored");
        try
        {
            return new(read.DataDirectory, BackupRestorer.Restore(read, file, replaces, TimeProvider.System));
        }
        catch (IOException exception) when (FullDisk.IsTheCause(exception))
        {
            throw NotRestored("the disk is full.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotRestored(exception.Message);
        }

        CommandException NotRestored(string reason) => new(Restoration.IsPending(read.DataDirectory)
            ? $"The restore into {read.DataDirectory} was begun and not finished; the next start of CloudLb goes on with it: {reason}"
            : $"{file} was not restored, and nothing was changed: {reason}");
    }

    public EffectiveSettings ReadSettings(IReadOnlyList<string> settings)
    {
        var read = Read(settings);
        if (read.Server.Ephemeral && !read.IsGiven(nameof(ServerOptions.DataDirectory)))
        {
            read.Server.DataDirectory = EphemeralDirectory.Running() switch
            {
                [var only] => only,
                [] =>
                    throw new CommandException(
                        "No ephemeral CloudLb of this user is ready. Start one with 'cloudlb serve --Ephemeral'.", ExitCodes.NoServer),
                var several => throw new CommandException(
                    $"Several ephemeral CloudLbs of this user run; in the place of --Ephemeral name one with --DataDirectory: " +
                    $"{string.Join(", ", several)}."),
            };
        }

        return Show(read);
    }

    public EffectiveSettings CheckSettings(IReadOnlyList<string> settings) => Show(Read(settings));

    public string? FindEphemeral(int processId) =>
        EphemeralDirectory.Running(processId) is [var only, ..] ? ControlSocket.PathFor(only) : null;

    public async Task SweepAsync(string directory, CancellationToken cancellationToken)
    {
        await EphemeralDirectory.SweepAsync(directory, TimeProvider.System, cancellationToken);
        await EphemeralDirectory.SweepAsync(TimeProvider.System, cancellationToken);
    }

    /// <summary>Why no server starts in this directory; null when one may.</summary>
    private static string? EphemeralFault(CloudLbSettings settings) => settings switch
    {
        { Server.Ephemeral: true } when settings.IsGiven(nameof(ServerOptions.DataDirectory)) =>
            EphemeralRules.RefusedDirectory(settings.DataDirectory),
        { Server.Ephemeral: false } when EphemeralDirectory.IsOne(settings.DataDirectory) =>
            $"{settings.DataDirectory} is that of an ephemeral CloudLb and goes with it; name another with CloudLb:DataDirectory.",
        _ => null,
    };

    /// <summary>The settings of a CloudLb that keeps something.</summary>
    private static CloudLbSettings ReadKept(IReadOnlyList<string> settings, string done)
    {
        var read = Read(settings);
        return read.Server.Ephemeral || EphemeralDirectory.IsOne(read.DataDirectory)
            ? throw new CommandException($"An ephemeral CloudLb keeps nothing that could be {done}.", ExitCodes.WrongUse)
            : read;
    }

    private static EffectiveSettings Show(CloudLbSettings read)
    {
        try
        {
            return EffectiveSettingsReader.Of(read);
        }
        catch (StartException exception)
        {
            throw new CommandException(exception.Message);
        }
    }

    private static CloudLbSettings Read(IReadOnlyList<string> settings)
    {
        try
        {
            return CloudLbSettings.Read(settings);
        }
        catch (SettingsException exception)
        {
            throw new CommandException(exception.Message);
        }
    }
}
