using System.Text;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Templates;

/// <summary>
/// What an operator has in the directory of templates: files that are every load balancer's, and a folder for each template.
/// </summary>
/// <param name="Files">The files that could be read, by what they belong to.</param>
/// <param name="Faults">Why not all of them could, by the same.</param>
internal sealed record TemplateFolder(
    IReadOnlyDictionary<string, IReadOnlyList<TemplateFile>> Files, IReadOnlyDictionary<string, string> Faults)
{
    private const int MaxFileLength = 64 * 1024;
    private const int MaxFiles = 1000;

    /// <summary>Of a directory that need not be there. Files that are no templates are left alone: pages, lists of addresses.</summary>
    public static TemplateFolder Read(string directory)
    {
        try
        {
            return ReadAll(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var faults = new[] { TemplateName.Processes, TemplateName.Installation }.ToDictionary(name => name, _ => exception.Message);
            return new(new Dictionary<string, IReadOnlyList<TemplateFile>>(), faults);
        }
    }

    private static TemplateFolder ReadAll(string directory)
    {
        var (files, faults) = (new Dictionary<string, List<TemplateFile>>(), new Dictionary<string, string>());
        var read = 0;
        foreach (var path in Directory.Exists(directory) ? Paths(directory) : [])
        {
            var name = Path.GetRelativePath(directory, path);
            var owner = OwnerOf(name);
            try
            {
                if (++read > MaxFiles)
                {
                    throw new TemplateException($"{directory} has more than {MaxFiles} templates.");
                }

                var file = TemplateFile.Of(name, Text(path, name));
                (files.TryGetValue(OwnerOf(file), out var of) ? of : files[OwnerOf(file)] = []).Add(file);
            }
            catch (Exception exception) when (exception is TemplateException or IOException or UnauthorizedAccessException)
            {
                faults.TryAdd(owner, exception.Message);
            }
        }

        foreach (var folder in Directory.Exists(directory) ? Directory.EnumerateDirectories(directory) : [])
        {
            var name = Path.GetFileName(folder);
            if (TemplateName.IsValid(name))
            {
                files.TryAdd(name, []);
            }
        }

        return new(files.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<TemplateFile>)pair.Value), faults);
    }

    /// <summary>In their order; folders whose names cannot be a template's are not looked into.</summary>
    private static IEnumerable<string> Paths(string directory) => Directory.EnumerateDirectories(directory)
        .Where(folder => TemplateName.IsValid(Path.GetFileName(folder)))
        .Prepend(directory)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + TemplateFile.Extension))
        .Order(StringComparer.Ordinal);

    private static string Text(string path, string name)
    {
        if (new FileInfo(path).Length > MaxFileLength)
        {
            throw new TemplateException($"{name} has more than {MaxFileLength / 1024} KiB.");
        }

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException)
        {
            throw new TemplateException($"{name} is not text in UTF-8.");
        }
    }

    private static string OwnerOf(TemplateFile file) => file.Template
        ?? (file.Kind is TemplateKind.Global or TemplateKind.Defaults ? TemplateName.Processes : TemplateName.Installation);

    /// <summary>Of a file that may be no template.</summary>
    private static string OwnerOf(string name) => name.Split('/') switch
    {
        [var folder, _] => folder,
        [var file] when file.StartsWith("global", StringComparison.Ordinal) || file.StartsWith("defaults", StringComparison.Ordinal) =>
            TemplateName.Processes,
        _ => TemplateName.Installation,
    };
}
