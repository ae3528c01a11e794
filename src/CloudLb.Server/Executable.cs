using CloudLb.Cli;
using CloudLb.Server.Ephemeral;
using CloudLb.Operator.Control;
using CloudLb.Server.Settings;
using CloudLb.Server.Startup;
using CloudLb.Storage.Sqlite;

namespace CloudLb.Server;

/// <summary>What the commands ask of this executable.</summary>
internal sealed class Executable : IExecutable
{
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

    public void AcceptDatabase(string dataDirectory)
    {
        try
        {
            DatabaseAcceptance.Leave(dataDirectory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The database cannot be accepted: {exception.Message}");
        }
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
