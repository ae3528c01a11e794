using CloudLb.HAProxy.Templates;

namespace CloudLb.Tests.HAProxy.Templates;

/// <summary>Templates as short as a test wants to read them.</summary>
internal static class TemplateFiles
{
    public static TemplateSet Set(params (string Path, string Text)[] files) =>
        new("/etc/cloudlb/templates", null, files.Select(file => TemplateFile.Of(file.Path, file.Text)));

    public static string Shipped(TemplateKind kind) => TemplateShape.Of(kind).Shipped!;

    /// <summary>Puts a file into the directory of a data plane.</summary>
    public static void Write(string dataDirectory, string path, string text)
    {
        var file = Path.Combine(dataDirectory, "templates", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public static void Delete(string dataDirectory, string path) => File.Delete(Path.Combine(dataDirectory, "templates", path));

    public static string NewDirectory() => Directory.CreateTempSubdirectory("cloudlb-test-").FullName;
}
